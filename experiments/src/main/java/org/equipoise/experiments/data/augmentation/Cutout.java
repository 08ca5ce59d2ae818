package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;

/**
 * Covers squares of an image, for each image of a batch on its own.
 *
 * <p>A square's centre is any pixel of the image, so that what lies beyond the border is cut off
 * and an image may keep most of itself.
 *
 * <p>Augmentations come before normalisation. A fill of 0 is black, which is what recipes with
 * AutoAugment do; the paper covers with 0 after normalisation, which is the mean colour here: for
 * CIFAR, a fill of 0.47 is near it.
 *
 * @param size the side of a square in pixels, &gt;= 1
 * @param holes the squares of an image, &gt;= 1; they may overlap
 * @param fill the value of all channels under a square, before normalisation, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor 2017, Improved Regularization
 *     of Convolutional Neural Networks with Cutout</a>
 */
@Described(
    summary = "Covers squares at random places of an image.",
    formula =
        "x[h, w, :] = fill where cy - size/2 <= h < cy - size/2 + size, likewise w; (cy, cx) uniform"
            + " over the image",
    source = "DeVries and Taylor 2017, Improved regularization with Cutout",
    differs =
        "Covers before normalising, with black unless told otherwise, as in recipes with"
            + " AutoAugment; the paper covers after it, with the mean.")
public record Cutout(int size, int holes, double fill) implements AugmentationSpec {

  /** One black square of 16 x 16, as for CIFAR-10. */
  public Cutout() {
    this(16, 1, 0);
  }

  /** Checks the ranges. */
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException("size: expected >= 1, is " + size);
    }
    if (holes < 1) {
      throw new IllegalArgumentException("holes: expected >= 1, is " + holes);
    }
    if (!(fill >= 0 && fill <= 1)) {
      throw new IllegalArgumentException("fill: expected 0..1, is " + fill);
    }
  }

  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    Shape shape = images.getShape();
    int n = (int) shape.get(0);
    int height = (int) shape.get(1);
    int width = (int) shape.get(2);
    float[] kept = new float[n * height * width];
    Arrays.fill(kept, 1);
    for (int i = 0; i < n; i++) {
      for (int hole = 0; hole < holes; hole++) {
        int top = random.nextInt(height) - size / 2;
        int left = random.nextInt(width) - size / 2;
        for (int y = Math.max(top, 0); y < Math.min(top + size, height); y++) {
          int row = (i * height + y) * width;
          Arrays.fill(kept, row + Math.max(left, 0), row + Math.min(left + size, width), 0);
        }
      }
    }
    try (NDArray mask = images.getManager().create(kept, new Shape(n, height, width, 1))) {
      NDArray covered = images.mul(mask);
      return fill == 0 ? covered : covered.addi(mask.subi(1).muli(-fill));
    }
  }
}
