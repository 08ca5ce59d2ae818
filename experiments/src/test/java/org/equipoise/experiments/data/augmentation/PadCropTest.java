package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class PadCropTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new PadCrop(2);
  }

  @Override
  public String expectedTypeName() {
    return "pad-crop";
  }

  @Test
  void should_give_the_exact_pixels_of_each_images_own_window() {
    int height = 3;
    int width = 4;
    int channels = 2;
    NDArray images =
        manager
            .arange(1, 1 + 3 * height * width * channels, 1)
            .toType(DataType.FLOAT32, false)
            .reshape(3, height, width, channels);
    // Down and right of each image; 2 is the middle.
    int[][] offsets = {{0, 4}, {2, 2}, {3, 1}};

    NDArray cropped = new PadCrop(2).apply(images, new Scripted(0, 4, 2, 2, 3, 1));

    assertThat(cropped.getShape()).isEqualTo(images.getShape());
    for (int n = 0; n < 3; n++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          for (int c = 0; c < channels; c++) {
            int y = h + offsets[n][0] - 2;
            int x = w + offsets[n][1] - 2;
            boolean inside = y >= 0 && y < height && x >= 0 && x < width;
            float expected = inside ? images.getFloat(n, y, x, c) : 0;
            assertThat(cropped.getFloat(n, h, w, c))
                .as("image %d, row %d, column %d, channel %d", n, h, w, c)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void should_use_every_offset_equally_often() {
    TestSeed.run(
        streams -> {
          int draws = 9000;
          // One bright pixel in the middle of 5x5 shows where the window was.
          NDArray images = manager.zeros(new Shape(draws, 5, 5, 1));
          images.set(new NDIndex(":, 2, 2, 0"), 1);

          float[] pixels = new PadCrop(1).apply(images, streams.stream("crop")).toFloatArray();

          int[] counts = new int[25];
          for (int i = 0; i < pixels.length; i++) {
            counts[i % 25] += (int) pixels[i];
          }
          // 1000 expected at each of 3x3 places; the bound is 6 standard deviations.
          for (int place = 0; place < 25; place++) {
            boolean reachable = Math.abs(place / 5 - 2) <= 1 && Math.abs(place % 5 - 2) <= 1;
            assertThat(counts[place]).isBetween(reachable ? 820 : 0, reachable ? 1180 : 0);
          }
        });
  }

  @Test
  void should_change_nothing_if_the_padding_is_0() {
    NDArray images = manager.randomUniform(0, 1, new Shape(2, 3, 3, 1));

    NDArray cropped = new PadCrop(0).apply(images, new Scripted(0, 0, 0, 0));

    assertThat(cropped.toFloatArray()).isEqualTo(images.toFloatArray());
  }

  @Test
  void should_refuse_a_negative_padding() {
    refuses(() -> new PadCrop(-1), "padding: expected >= 0, is -1");
  }
}
