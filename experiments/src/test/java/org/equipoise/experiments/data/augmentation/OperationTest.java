package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OperationTest {

  private static final int FILL = 128;

  @Test
  void should_keep_every_value_by_identity() {
    assertThat(changed(Operation.IDENTITY, 1, 0, 100, 255)).containsExactly(0, 100, 255);
  }

  @Test
  void should_take_values_from_255_if_inverted() {
    assertThat(changed(Operation.INVERT, 0, 0, 100, 255)).containsExactly(255, 155, 0);
  }

  // Scale 255 / 100: 60 becomes 25.5, without its fraction.
  @Test
  void should_stretch_each_channel_to_the_whole_range_by_auto_contrast() {
    assertThat(changed(Operation.AUTO_CONTRAST, 0, 50, 60, 150)).containsExactly(0, 25, 255);
    assertThat(changed(Operation.AUTO_CONTRAST, 0, 7, 7)).containsExactly(7, 7);

    int[] twoPixels = {50, 0, 9, 150, 255, 9};
    ByteImage coloured = new ByteImage(1, 2, 3, twoPixels);
    assertThat(Operation.AUTO_CONTRAST.apply(coloured, 0, FILL).values())
        .containsExactly(0, 0, 9, 255, 255, 9);
  }

  // 1020 pixels: 510 of 10, 300 of 20, 210 of 30. The step is (1020 - 210) / 255 = 3, so 10 becomes
  // 1 / 3, 20 becomes (1 + 510) / 3, and 30 becomes (1 + 810) / 3, above the range.
  @Test
  void should_flatten_the_histogram_if_equalized() {
    int[] values = new int[1020];
    Arrays.fill(values, 0, 510, 10);
    Arrays.fill(values, 510, 810, 20);
    Arrays.fill(values, 810, 1020, 30);

    int[] changed = changed(Operation.EQUALIZE, 0, values);

    assertThat(new int[] {changed[0], changed[510], changed[810]}).containsExactly(0, 170, 255);
    assertThat(changed(Operation.EQUALIZE, 0, 3, 3, 9)).containsExactly(3, 3, 9);
  }

  // Level 7 of 9 drops 3.1 of 8 bits, which is 3.
  @Test
  void should_drop_up_to_four_low_bits_if_posterized() {
    assertThat(changed(Operation.POSTERIZE, 7 / 9.0, 255, 100, 7)).containsExactly(248, 96, 0);
    assertThat(changed(Operation.POSTERIZE, 1, 255, 100)).containsExactly(240, 96);
    assertThat(changed(Operation.POSTERIZE, 0, 255, 100)).containsExactly(255, 100);
  }

  @Test
  void should_invert_from_the_threshold_on_if_solarized() {
    assertThat(changed(Operation.SOLARIZE, 0.5, 127, 128, 255)).containsExactly(127, 127, 0);
    assertThat(changed(Operation.SOLARIZE, 0, 127, 255)).containsExactly(127, 255);
  }

  // Grey of (200, 100, 50): (19595 x 200 + 38470 x 100 + 7471 x 50 + 32768) / 65536 = 124.7.
  @Test
  void should_blend_with_the_grey_image_or_away_from_it_by_color() {
    ByteImage pixel = new ByteImage(1, 1, 3, new int[] {200, 100, 50});

    assertThat(pixel.grey().values()).containsExactly(124, 124, 124);
    // A factor of 0.1: 124 + 0.1 x (76, -24, -74).
    assertThat(Operation.COLOR.apply(pixel, -1, FILL).values()).containsExactly(131, 121, 116);
    // A factor of 1.9: 124 + 1.9 x (76, -24, -74), clipped.
    assertThat(Operation.COLOR.apply(pixel, 1, FILL).values()).containsExactly(255, 78, 0);
    assertThat(Operation.COLOR.apply(pixel, 0, FILL).values()).containsExactly(200, 100, 50);
  }

  // The mean of 10, 20 and 31 is 20.33, so 20; factors of 0.1 and 1.9.
  @Test
  void should_blend_with_the_rounded_mean_by_contrast() {
    assertThat(changed(Operation.CONTRAST, -1, 10, 20, 31)).containsExactly(19, 20, 21);
    assertThat(changed(Operation.CONTRAST, 1, 10, 20, 31)).containsExactly(1, 20, 40);
    assertThat(changed(Operation.CONTRAST, -1, 10, 11)).containsExactly(10, 11);
  }

  @Test
  void should_blend_with_black_by_brightness() {
    assertThat(changed(Operation.BRIGHTNESS, -1, 0, 55, 255)).containsExactly(0, 5, 25);
    assertThat(changed(Operation.BRIGHTNESS, 1, 0, 55, 255)).containsExactly(0, 104, 255);
  }

  // The middle of zeros with 130 becomes 5 x 130 / 13 = 50; the border has no neighbours.
  @Test
  void should_blend_with_the_smoothed_image_by_sharpness() {
    int[] dot = {0, 0, 0, 0, 130, 0, 0, 0, 0};
    ByteImage image = new ByteImage(3, 3, 1, dot);

    assertThat(Operation.SHARPNESS.apply(image, -1, FILL).values())
        .containsExactly(0, 0, 0, 0, 58, 0, 0, 0, 0);
    assertThat(Operation.SHARPNESS.apply(image, 1, FILL).values())
        .containsExactly(0, 0, 0, 0, 202, 0, 0, 0, 0);
    assertThat(new ByteImage(3, 3, 1, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 90}).smoothed().values())
        .containsExactly(1, 2, 3, 4, 11, 6, 7, 8, 90);
  }

  // 150 / 331 of 5 columns is 2.27 columns: pixel x comes from the one at floor(x + 0.5 + 2.27).
  @Test
  void should_shift_columns_or_rows_by_whole_pixels_if_translated() {
    int[] values = {10, 20, 30, 40, 50};
    ByteImage row = new ByteImage(1, 5, 1, values);
    ByteImage column = new ByteImage(5, 1, 1, values);

    assertThat(Operation.TRANSLATE_X.apply(row, 1, FILL).values())
        .containsExactly(30, 40, 50, FILL, FILL);
    assertThat(Operation.TRANSLATE_X.apply(row, -1, FILL).values())
        .containsExactly(FILL, FILL, 10, 20, 30);
    assertThat(Operation.TRANSLATE_Y.apply(column, 1, FILL).values())
        .containsExactly(30, 40, 50, FILL, FILL);
    assertThat(Operation.TRANSLATE_Y.apply(column, -1, FILL).values())
        .containsExactly(FILL, FILL, 10, 20, 30);
    assertThat(Operation.TRANSLATE_Y.apply(row, 0, FILL).values()).containsExactly(values);
  }

  // 0.3 rows a column: row 0 of columns 0..5 comes from floor(0.5 + 0.3 x (x + 0.5)) =
  // floor(0.65, 0.95, 1.25, 1.55, 1.85, 2.15).
  @Test
  void should_slant_rows_if_sheared() {
    int[] values = new int[18];
    for (int i = 0; i < 18; i++) {
      values[i] = 10 * (i / 6) + i % 6;
    }
    ByteImage image = new ByteImage(3, 6, 1, values);

    assertThat(Arrays.copyOf(Operation.SHEAR_Y.apply(image, 1, FILL).values(), 6))
        .containsExactly(0, 1, 12, 13, 14, 25);
    assertThat(Arrays.copyOf(Operation.SHEAR_Y.apply(image, -1, FILL).values(), 6))
        .containsExactly(0, 1, FILL, FILL, FILL, FILL);
  }

  // 0.3 columns a row: column 0 of rows 0..5 comes from floor(0.5 + 0.3 x (y + 0.5)) =
  // floor(0.65, 0.95, 1.25, 1.55, 1.85, 2.15).
  @Test
  void should_slant_columns_if_sheared_along_them() {
    int[] values = new int[18];
    for (int i = 0; i < 18; i++) {
      values[i] = 10 * (i / 3) + i % 3;
    }
    ByteImage image = new ByteImage(6, 3, 1, values);

    int[] right = Operation.SHEAR_X.apply(image, 1, FILL).values();
    int[] left = Operation.SHEAR_X.apply(image, -1, FILL).values();

    assertThat(new int[] {right[0], right[3], right[6], right[9], right[12], right[15]})
        .containsExactly(0, 10, 21, 31, 41, 52);
    assertThat(new int[] {left[0], left[3], left[6], left[9], left[12], left[15]})
        .containsExactly(0, 10, FILL, FILL, FILL, FILL);
    assertThat(Arrays.copyOfRange(right, 15, 18)).containsExactly(52, FILL, FILL);
  }

  @Test
  void should_draw_the_way_only_if_there_are_two() {
    ByteImage pixel = new ByteImage(1, 1, 1, new int[] {100});

    assertThat(Operation.BRIGHTNESS.either(pixel, 1, FILL, new Scripted(0)).values())
        .containsExactly(190);
    assertThat(Operation.BRIGHTNESS.either(pixel, 1, FILL, new Scripted(1)).values())
        .containsExactly(10);
    assertThat(Operation.INVERT.either(pixel, 1, FILL, new Scripted()).values())
        .containsExactly(155);
  }

  // 90 degrees are three times the range: what was to the right is on top then.
  @Test
  void should_turn_counter_clockwise_if_rotated() {
    int[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    ByteImage image = new ByteImage(3, 3, 1, values);

    assertThat(Operation.ROTATE.apply(image, 3, FILL).values())
        .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    assertThat(Operation.ROTATE.apply(image, -3, FILL).values())
        .containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    // At 30 degrees the centre (-1, -1) of the first corner comes from (-0.37, -1.37).
    int[] turned = Operation.ROTATE.apply(image, 1, FILL).values();
    assertThat(turned[0]).isEqualTo(2);
    assertThat(turned[4]).isEqualTo(5);
  }

  @Test
  void should_move_all_channels_of_a_pixel_together() {
    ByteImage pixels = new ByteImage(1, 2, 3, new int[] {1, 2, 3, 4, 5, 6});

    assertThat(Operation.TRANSLATE_X.apply(pixels, 1, FILL).values())
        .containsExactly(4, 5, 6, FILL, FILL, FILL);
  }

  private static int[] changed(Operation operation, double strength, int... values) {
    ByteImage row = new ByteImage(1, values.length, 1, values);
    return operation.apply(row, strength, FILL).values();
  }
}
