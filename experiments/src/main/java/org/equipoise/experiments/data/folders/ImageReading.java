package org.equipoise.experiments.data.folders;

import java.util.List;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/**
 * How image files become the inputs of a network.
 *
 * <p>In evaluation, and in training unless {@code random-resized-crop} comes first among the
 * augmentations, an image is resized until its shorter side has {@code size / centreCrop} pixels,
 * and the square in its middle is cut out.
 *
 * @param size rows and columns of an input, &gt;= 1
 * @param centreCrop the share of the shorter side that is seen, in (0, 1]; 1 with images of that
 *     very size leaves every pixel as it is
 * @param mean what is subtracted from each channel, of values scaled to [0, 1]; three numbers for
 *     colour, one for grey
 * @param std what each channel is divided by then; as many, each &gt; 0
 * @param damaged what is done with damaged files
 * @param check how closely files are looked at for damage beforehand
 */
public record ImageReading(
    int size,
    double centreCrop,
    List<Double> mean,
    List<Double> std,
    Damaged damaged,
    Check check) {

  /**
   * ImageNet's: 224 pixels of 256, mean 0.485 0.456 0.406, deviation 0.229 0.224 0.225; fail at
   * what the header shows.
   */
  public ImageReading() {
    this(
        224,
        0.875,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225),
        Damaged.FAIL,
        Check.HEADER);
  }

  /** Copies the lists and checks the ranges. */
  public ImageReading {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (size < 1 || size > 4096) {
      throw new IllegalArgumentException("size: expected 1..4096, is " + size);
    }
    if (!(centreCrop > 0 && centreCrop <= 1)) {
      throw new IllegalArgumentException("centreCrop: expected in (0, 1], is " + centreCrop);
    }
    if (mean.size() != 1 && mean.size() != 3) {
      throw new IllegalArgumentException(
          "mean: expected 3 numbers for colour or 1 for grey, has " + mean.size());
    }
    if (std.size() != mean.size()) {
      throw new IllegalArgumentException(
          "std: expected " + mean.size() + " numbers as mean has, has " + std.size());
    }
    for (double deviation : std) {
      if (!(deviation > 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException("std: expected > 0, is " + deviation);
      }
    }
  }

  ImageFormat format() {
    return new ImageFormat(size, size, mean.size(), mean, std);
  }
}
