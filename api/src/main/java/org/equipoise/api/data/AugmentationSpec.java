package org.equipoise.api.data;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.equipoise.api.Named;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/** A random change of training images, applied to a whole batch at once. */
public interface AugmentationSpec extends Named {

  /**
   * Changes a batch.
   *
   * @param images (N, height, width, channels), float32 in [0, 1], before normalisation; never
   *     mutated
   * @param random the batch's own stream; every draw comes from it
   * @return the changed images, in the manager of the argument, of the same dtype and rank
   */
  NDArray apply(NDArray images, RandomGenerator random);

  /**
   * Checks that images of a format can be changed, before any is read. By default all can.
   *
   * @param format size and channels of the images
   * @throws IllegalArgumentException if {@link #apply} would refuse them; it says what it expects
   */
  default void check(ImageFormat format) {}
}
