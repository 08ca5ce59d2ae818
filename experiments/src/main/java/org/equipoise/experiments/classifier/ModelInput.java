package org.equipoise.experiments.classifier;

import java.util.List;

/**
 * How an image becomes an input: its shorter side is brought to {@code size / centreCrop} pixels,
 * the middle is cut out, values are scaled to [0, 1] and normalised.
 *
 * @param size rows and columns
 * @param centreCrop the share of the shorter side that is seen, in (0, 1]
 * @param mean what is subtracted from red, green and blue
 * @param std what they are divided by then
 */
public record ModelInput(int size, double centreCrop, List<Double> mean, List<Double> std) {

  static final int CHANNELS = 3;

  /** Copies the lists and checks the ranges. */
  public ModelInput {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (size < 1) {
      throw new IllegalArgumentException("size: expected >= 1, is " + size);
    }
    if (!(centreCrop > 0 && centreCrop <= 1)) {
      throw new IllegalArgumentException("centreCrop: expected in (0, 1], is " + centreCrop);
    }
    if (mean.size() != CHANNELS || std.size() != CHANNELS) {
      throw new IllegalArgumentException(
          "mean, std: expected " + CHANNELS + " numbers each, are " + mean + ", " + std);
    }
  }
}
