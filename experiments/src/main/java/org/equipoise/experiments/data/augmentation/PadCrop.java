package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;

/**
 * Pads an image with black and cuts a window of the old size from a random place, for each image of
 * a batch on its own.
 *
 * @param padding black pixels on every side, &gt;= 0; offsets are uniform over {@code 0..2 x
 *     padding} in each direction
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, Deep Residual Learning for Image
 *     Recognition, section 4.2</a>
 */
@Described(
    summary = "Shifts images by a few pixels at random, with black coming in at the sides.",
    formula = "pad by p on every side, then crop H x W at an offset uniform in {0..2p} x {0..2p}",
    source = "He et al. 2016, Deep residual learning, section 4.2 (CIFAR-10: p = 4)",
    differs =
        "Pads before normalising, as torchvision recipes do, so the border is black and not the"
            + " mean.")
public record PadCrop(int padding) implements AugmentationSpec {

  /** Four pixels, as for CIFAR. */
  public PadCrop() {
    this(4);
  }

  /** Checks the range. */
  public PadCrop {
    if (padding < 0) {
      throw new IllegalArgumentException("padding: expected >= 0, is " + padding);
    }
  }

  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    Shape shape = images.getShape();
    int n = (int) shape.get(0);
    long height = shape.get(1);
    long width = shape.get(2);
    long channels = shape.get(3);
    long paddedHeight = height + 2L * padding;
    long paddedWidth = width + 2L * padding;
    // The index of each window's first pixel among all pixels of the padded batch.
    long[] corners = new long[n];
    for (int i = 0; i < n; i++) {
      long down = random.nextInt(2 * padding + 1);
      long right = random.nextInt(2 * padding + 1);
      corners[i] = (i * paddedHeight + down) * paddedWidth + right;
    }
    try (NDManager scratch = images.getManager().newSubManager()) {
      NDArray source = images.stopGradient();
      source.attach(scratch);
      NDArray flat =
          source
              .pad(new Shape(0, 0, padding, padding, padding, padding), 0)
              .reshape(n * paddedHeight * paddedWidth, channels);
      NDArray window =
          scratch
              .arange(0, (int) height, 1, DataType.INT64)
              .reshape(height, 1)
              .mul(paddedWidth)
              .add(scratch.arange(0, (int) width, 1, DataType.INT64));
      NDArray picked =
          scratch.create(corners, new Shape(n, 1)).add(window.reshape(1, height * width));
      return flat.get(images.getManager(), new NDIndex("{}", picked.flatten())).reshape(shape);
    }
  }
}
