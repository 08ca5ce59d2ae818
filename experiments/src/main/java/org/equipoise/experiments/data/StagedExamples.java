package org.equipoise.experiments.data;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.experiments.data.images.DecodePool;

/**
 * A split made ready for an engine, from which whole batches are gathered by index.
 *
 * <p>Call it under no gradient. Not safe for use by several threads.
 */
public sealed interface StagedExamples extends AutoCloseable
    permits StagedImages, StagedFiles, StagedFeatures {

  /**
   * Stages a split.
   *
   * @param examples the split
   * @param parent the manager under which staged arrays live
   * @return the staged split; close it
   */
  static StagedExamples of(Examples examples, NDManager parent) {
    if (examples instanceof ImageExamples images) {
      return new StagedImages(images, parent);
    }
    if (examples instanceof ImageFiles files) {
      return new StagedFiles(files, parent, new DecodePool(DecodePool.configuredThreads()));
    }
    if (examples instanceof FeatureExamples features) {
      return new StagedFeatures(features, parent);
    }
    // The compiler cannot know before Java 21 that the set is closed.
    throw new IllegalArgumentException("examples: no way to stage " + examples.getClass());
  }

  /**
   * Returns the shape of one input of a split, which need not be staged for that.
   *
   * @param examples the split
   * @return the shape without the batch axis: (channels, height, width), or (D) of features
   */
  static Shape inputShape(Examples examples) {
    return format(examples)
        .map(format -> new Shape(format.channels(), format.height(), format.width()))
        .orElseGet(() -> new Shape(((FeatureExamples) examples).width()));
  }

  /**
   * Returns what the images of a split are like.
   *
   * @param examples the split
   * @return their format; empty if they are no images
   */
  static Optional<ImageFormat> format(Examples examples) {
    if (examples instanceof ImageExamples images) {
      return Optional.of(images.format());
    }
    return examples instanceof ImageFiles files ? Optional.of(files.format()) : Optional.empty();
  }

  /**
   * Returns the shape of one input, as backbones are built for.
   *
   * @return the shape without the batch axis
   */
  Shape inputShape();

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  int size();

  /**
   * Returns how many batches may be announced before they are gathered.
   *
   * @return 0 if a batch takes no time worth saving, as one from memory
   */
  default int lookAhead() {
    return 0;
  }

  /**
   * Says what will be gathered next, after all that was announced before, so that it can be made
   * ready meanwhile. It changes no batch.
   *
   * @param examples which examples
   * @param augmentation random changes
   * @param random the stream that they will draw from, from its start
   * @throws IllegalStateException if {@link #lookAhead} batches are announced already
   */
  default void announce(
      int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    throw new IllegalStateException("announce: no batch may be announced, for lookAhead is 0");
  }

  /**
   * Gathers a batch.
   *
   * @param step the manager that owns the batch
   * @param examples which examples, each in [0, N), in the order wanted
   * @param augmentation random changes, in this order
   * @param random the stream that they draw from
   * @return inputs and labels
   * @throws IllegalArgumentException if the inputs are no images and cannot be augmented
   */
  StagedBatch batch(
      NDManager step, int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random);

  /** Frees what is staged. */
  @Override
  void close();
}
