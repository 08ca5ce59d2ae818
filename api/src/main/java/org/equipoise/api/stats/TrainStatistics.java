package org.equipoise.api.stats;

import java.util.Optional;

/**
 * What losses and metrics may know of the TRAIN split, and of nothing else.
 *
 * @param instances the number of labels of each class (boxes in detection; images where each image
 *     has one label)
 * @param images the number of images that contain each class, where that differs from {@code
 *     instances}
 * @param examples the number of training images (or rows), &gt;= 1
 * @param sampled the class distribution that the stage's sampler draws in expectation, where it is
 *     known
 */
public record TrainStatistics(
    ClassCounts instances,
    Optional<ClassCounts> images,
    long examples,
    Optional<ClassPrior> sampled) {

  /** Checks that the parts agree. */
  public TrainStatistics {
    if (examples < 1) {
      throw new IllegalArgumentException(
          "train statistics: examples is " + examples + "; expected >= 1");
    }
    if (images.isPresent() && images.get().classes() != instances.classes()) {
      throw new IllegalArgumentException(
          "train statistics: instance counts have "
              + instances.classes()
              + " classes, image counts "
              + images.get().classes());
    }
    if (sampled.isPresent() && sampled.get().classes() != instances.classes()) {
      throw new IllegalArgumentException(
          "train statistics: instance counts have "
              + instances.classes()
              + " classes, what the sampler draws "
              + sampled.get().classes());
    }
  }

  /**
   * Creates statistics without a sampler.
   *
   * @param instances the number of labels of each class
   * @param images the number of images that contain each class
   * @param examples the number of training images, &gt;= 1
   */
  public TrainStatistics(ClassCounts instances, Optional<ClassCounts> images, long examples) {
    this(instances, images, examples, Optional.empty());
  }

  /**
   * Returns the statistics of a split in which every example has exactly one label.
   *
   * @param counts the class counts, at least one example in all
   * @return the statistics
   */
  public static TrainStatistics of(ClassCounts counts) {
    return new TrainStatistics(counts, Optional.empty(), counts.total());
  }

  /**
   * Returns these statistics together with what a sampler draws.
   *
   * @param prior the class distribution of one draw
   * @return new statistics
   */
  public TrainStatistics withSampled(ClassPrior prior) {
    return new TrainStatistics(instances, images, examples, Optional.of(prior));
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return instances.classes();
  }

  /**
   * Returns the share of training examples that contain a class: n_c / examples.
   *
   * <p>Positive rates of different classes need not sum to 1: they are what per-class (sigmoid)
   * losses shift by, and no prior.
   *
   * @param classId the class, 0-based
   * @return a rate in [0, 1]
   */
  public double positiveRate(int classId) {
    return (double) images.orElse(instances).count(classId) / examples;
  }
}
