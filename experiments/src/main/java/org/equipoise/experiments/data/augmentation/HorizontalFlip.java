package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;

/**
 * Mirrors an image left to right with some probability, each image of a batch on its own.
 *
 * @param probability how likely an image is mirrored, in [0, 1]
 * @see <a
 *     href="https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks">Krizhevsky
 *     et al. 2012, ImageNet Classification with Deep Convolutional Neural Networks, section 4.1</a>
 */
@Described(
    summary = "Mirrors images left to right at random.",
    formula = "x[h, w] -> x[h, W-1-w] with the given probability",
    source = "Krizhevsky et al. 2012, ImageNet classification, section 4.1")
public record HorizontalFlip(double probability) implements AugmentationSpec {

  /** Mirrors every second image on average (0.5). */
  public HorizontalFlip() {
    this(0.5);
  }

  /** Checks the range. */
  public HorizontalFlip {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability: expected 0..1, is " + probability);
    }
  }

  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    int n = (int) images.getShape().get(0);
    boolean[] mirrored = new boolean[n];
    for (int i = 0; i < n; i++) {
      mirrored[i] = random.nextDouble() < probability;
    }
    NDArray mask =
        images.getManager().create(mirrored, new Shape(n, 1, 1, 1)).broadcast(images.getShape());
    try (NDArray mirror = images.flip(2)) {
      return NDArrays.where(mask, mirror, images);
    }
  }
}
