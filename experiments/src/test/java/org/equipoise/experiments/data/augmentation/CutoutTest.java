package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class CutoutTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new Cutout(2, 1, 0.5);
  }

  @Override
  public String expectedTypeName() {
    return "cutout";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new Cutout()).isEqualTo(new Cutout(16, 1, 0));
  }

  @Test
  void should_cover_exactly_the_square_around_each_images_own_centre() {
    int height = 4;
    int width = 5;
    NDArray images = manager.full(new Shape(3, height, width, 2), 0.75f);
    // Rows and columns that are covered, ends left out: centres (2, 2), (0, 4) and (3, 0).
    int[][] squares = {{1, 3, 1, 3}, {0, 1, 3, 5}, {2, 4, 0, 1}};

    NDArray covered = new Cutout(2, 1, 0.25).apply(images, new Scripted(2, 2, 0, 4, 3, 0));

    for (int n = 0; n < 3; n++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          int[] square = squares[n];
          boolean inside = h >= square[0] && h < square[1] && w >= square[2] && w < square[3];
          for (int c = 0; c < 2; c++) {
            assertThat(covered.getFloat(n, h, w, c))
                .as("image %d, row %d, column %d, channel %d", n, h, w, c)
                .isEqualTo(inside ? 0.25f : 0.75f);
          }
        }
      }
    }
  }

  @Test
  void should_cover_as_many_squares_as_told_and_odd_sizes_to_the_pixel() {
    NDArray images = manager.ones(new Shape(1, 2, 6, 1));

    NDArray covered = new Cutout(3, 2, 0).apply(images, new Scripted(0, 1, 1, 5));

    // 3 x 3 around (0, 1), its upper row cut off, and around (1, 5), half cut off.
    assertThat(covered.toFloatArray()).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0);
  }

  @Test
  void should_put_the_centre_on_every_pixel_equally_often() {
    TestSeed.run(
        streams -> {
          NDArray images = manager.ones(new Shape(9000, 3, 3, 1));

          NDArray covered = new Cutout(1, 1, 0).apply(images, streams.stream("cut"));

          // 8000 of 9000 expected to be left at each pixel; the bound is 6 standard deviations.
          for (float left : covered.sum(new int[] {0}).toFloatArray()) {
            assertThat(left).isBetween(7820f, 8180f);
          }
        });
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new Cutout(0, 1, 0), "size: expected >= 1, is 0");
    refuses(() -> new Cutout(1, 0, 0), "holes: expected >= 1, is 0");
    refuses(() -> new Cutout(1, 1, 1.5), "fill: expected 0..1, is 1.5");
  }
}
