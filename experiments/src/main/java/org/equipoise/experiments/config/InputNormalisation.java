package org.equipoise.experiments.config;

import java.util.Collections;
import java.util.List;
import org.equipoise.api.Named;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;

/**
 * What is subtracted from images in [0, 1] and what they are divided by then, before a network sees
 * them. A closed set.
 */
public sealed interface InputNormalisation extends Named {

  /**
   * Returns what is subtracted.
   *
   * @param images what the images of the data set are like
   * @return one number for each channel, of values in [0, 1]
   */
  List<Double> mean(ImageFormat images);

  /**
   * Returns what is divided by.
   *
   * @param images what the images of the data set are like
   * @return one number for each channel
   */
  List<Double> std(ImageFormat images);

  /**
   * Returns examples that are normalised so.
   *
   * @param examples a split of the data set
   * @return the same pixels or files; features stay as they are
   * @throws IllegalArgumentException if images have another number of channels
   */
  default Examples applyTo(Examples examples) {
    if (examples instanceof ImageExamples images) {
      return images.normalisedBy(mean(images.format()), std(images.format()));
    }
    return examples instanceof ImageFiles files
        ? files.normalisedBy(mean(files.format()), std(files.format()))
        : examples;
  }

  /** The data set's own mean and deviation. */
  record Dataset() implements InputNormalisation {

    @Override
    public List<Double> mean(ImageFormat images) {
      return images.mean();
    }

    @Override
    public List<Double> std(ImageFormat images) {
      return images.std();
    }
  }

  /** Mean and deviation of ImageNet, as for the networks of torchvision. */
  record Imagenet() implements InputNormalisation {

    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

    @Override
    public List<Double> mean(ImageFormat images) {
      return MEAN;
    }

    @Override
    public List<Double> std(ImageFormat images) {
      return STD;
    }
  }

  /** To [-1, 1], (x - 127.5) / 127.5 of bytes, as for the networks of TensorFlow. */
  record Symmetric() implements InputNormalisation {

    @Override
    public List<Double> mean(ImageFormat images) {
      return Collections.nCopies(images.channels(), 0.5);
    }

    @Override
    public List<Double> std(ImageFormat images) {
      return mean(images);
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
    public List<Double> mean(ImageFormat images) {
      return mean;
    }

    @Override
    public List<Double> std(ImageFormat images) {
      return std;
    }
  }
}
