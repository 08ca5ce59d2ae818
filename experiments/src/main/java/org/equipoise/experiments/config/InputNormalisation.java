package org.equipoise.experiments.config;

import java.util.Collections;
import java.util.List;
import org.equipoise.api.Named;
import org.equipoise.api.data.Images;

/**
 * What is subtracted from images in [0, 1] and what they are divided by then, before a network sees
 * them. A closed set.
 */
public sealed interface InputNormalisation extends Named {

  /**
   * Returns images that are normalised so.
   *
   * @param images the images of the data set
   * @return the same pixels
   * @throws IllegalArgumentException if they have another number of channels
   */
  Images applyTo(Images images);

  /** The data set's own mean and deviation. */
  record Dataset() implements InputNormalisation {

    @Override
    public Images applyTo(Images images) {
      return images;
    }
  }

  /** Mean and deviation of ImageNet, as for the networks of torchvision. */
  record Imagenet() implements InputNormalisation {

    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

    @Override
    public Images applyTo(Images images) {
      return images.normalisedBy(MEAN, STD);
    }
  }

  /** To [-1, 1], (x - 127.5) / 127.5 of bytes, as for the networks of TensorFlow. */
  record Symmetric() implements InputNormalisation {

    @Override
    public Images applyTo(Images images) {
      List<Double> half = Collections.nCopies(images.format().channels(), 0.5);
      return images.normalisedBy(half, half);
    }
  }

  /**
   * Any mean and deviation.
   *
   * @param mean what is subtracted from each channel, of values in [0, 1]
   * @param std what each channel is divided by then, each &gt; 0
   */
  record Channels(List<Double> mean, List<Double> std) implements InputNormalisation {

    /** Copies the lists and checks the ranges. */
    public Channels {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (std.stream().anyMatch(value -> !(value > 0))) {
        throw new IllegalArgumentException("std: expected each > 0, is " + std);
      }
    }

    @Override
    public Images applyTo(Images images) {
      return images.normalisedBy(mean, std);
    }
  }
}
