package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new RandomResizedCrop(0.1, 0.5, 0.5, 2);
  }

  @Override
  public String expectedTypeName() {
    return "random-resized-crop";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new RandomResizedCrop()).isEqualTo(new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3));
  }

  // A quarter of 4x4 is 2x2; its first row, a b, becomes a, 3/4 a + 1/4 b, 1/4 a + 3/4 b, b.
  @Test
  void should_stretch_the_drawn_window_of_each_image_bilinearly() {
    NDArray images = manager.arange(0f, 64f, 1f).reshape(2, 4, 4, 2).div(64);
    double[][] taps = {{1, 0}, {0.75, 0.25}, {0.25, 0.75}, {0, 1}};
    // Down and right of each window.
    int[][] offsets = {{0, 2}, {1, 1}};

    NDArray stretched =
        new RandomResizedCrop(0.25, 0.25, 1, 1)
            .apply(images, new Scripted(0.5, 0.5, 0, 2, 0.5, 0.5, 1, 1));

    for (int n = 0; n < 2; n++) {
      for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 4; w++) {
          for (int c = 0; c < 2; c++) {
            double expected = 0;
            for (int i = 0; i < 4; i++) {
              int y = offsets[n][0] + i / 2;
              int x = offsets[n][1] + i % 2;
              expected += taps[h][i / 2] * taps[w][i % 2] * images.getFloat(n, y, x, c);
            }
            assertThat(stretched.getFloat(n, h, w, c))
                .as("image %d, row %d, column %d, channel %d", n, h, w, c)
                .isCloseTo((float) expected, within(1e-6f));
          }
        }
      }
    }
  }

  // Half of 4x4 at width / height 2 is 2 rows of 4 columns: columns stay, rows are stretched.
  @Test
  void should_make_windows_of_the_drawn_shape() {
    NDArray images = manager.create(new float[] {0, 0, 0.4f, 0.8f}, new Shape(1, 4, 1, 1));
    NDArray wide = images.repeat(2, 4).add(manager.arange(0f, 4f, 1f).reshape(1, 1, 4, 1).div(40));

    NDArray stretched =
        new RandomResizedCrop(0.5, 0.5, 2, 2).apply(wide, new Scripted(0.5, 0.5, 2, 0));

    float[] rows = {0.4f, 0.5f, 0.7f, 0.8f};
    for (int h = 0; h < 4; h++) {
      for (int w = 0; w < 4; w++) {
        assertThat(stretched.getFloat(0, h, w, 0)).isCloseTo(rows[h] + w / 40f, within(1e-6f));
      }
    }
  }

  @Test
  void should_change_nothing_if_the_window_is_the_whole_image() {
    NDArray images = manager.randomUniform(0, 1, new Shape(2, 5, 5, 3));

    NDArray stretched =
        new RandomResizedCrop(1, 1, 1, 1)
            .apply(images, new Scripted(0.3, 0.6, 0, 0, 0.9, 0.1, 0, 0));

    assertThat(stretched.toFloatArray()).isEqualTo(images.toFloatArray());
  }

  // The whole area at width / height 4 never fits into a square: 4 x 1 from the middle does.
  @Test
  void should_take_the_middle_after_ten_windows_that_do_not_fit() {
    NDArray images = manager.arange(0f, 16f, 1f).reshape(1, 4, 4, 1).div(16);

    NDArray stretched =
        new RandomResizedCrop(1, 1, 4, 4).apply(images, new Scripted(new double[20]));

    for (int h = 0; h < 4; h++) {
      for (int w = 0; w < 4; w++) {
        assertThat(stretched.getFloat(0, h, w, 0)).isEqualTo(images.getFloat(0, 1, w, 0));
      }
    }
  }

  @Test
  void should_stay_within_the_values_of_the_image() {
    TestSeed.run(
        streams -> {
          NDArray images = manager.randomUniform(0.25f, 0.5f, new Shape(50, 7, 9, 3));

          NDArray stretched = new RandomResizedCrop().apply(images, streams.stream("crop"));

          assertThat(stretched.min().getFloat()).isGreaterThanOrEqualTo(0.2499f);
          assertThat(stretched.max().getFloat()).isLessThanOrEqualTo(0.5001f);
        });
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new RandomResizedCrop(0, 1, 1, 1), "minScale: expected in (0, 1], is 0.0");
    refuses(() -> new RandomResizedCrop(0.5, 0.4, 1, 1), "maxScale: expected in [0.5, 1], is 0.4");
    refuses(() -> new RandomResizedCrop(0.5, 1, 0, 1), "minRatio: expected > 0, is 0.0");
    refuses(() -> new RandomResizedCrop(0.5, 1, 2, 1), "maxRatio: expected >= 2.0, is 1.0");
  }
}
