package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.AugmentationSpec;
import org.junit.jupiter.api.Test;

class ColorJitterTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new ColorJitter(0.3, 0.2, 0.1);
  }

  @Override
  public String expectedTypeName() {
    return "color-jitter";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new ColorJitter()).isEqualTo(new ColorJitter(0.4, 0.4, 0.4));
  }

  // Draws of 0, 0.25 and 0.75 are factors of 0.5, 0.75 and 1.25 at a strength of 0.5.
  @Test
  void should_scale_towards_black_and_clip_if_only_brightness_changes() {
    NDArray images = pixels(0.2f, 0.4f, 0.9f);
    ColorJitter rule = new ColorJitter(0.5, 0, 0);

    assertThat(rule.apply(images, new Scripted(0, 0.25, 0, 0)).toFloatArray())
        .containsExactly(new float[] {0.15f, 0.3f, 0.675f}, within(1e-6f));
    assertThat(rule.apply(images, new Scripted(0, 0.75, 0, 0)).toFloatArray())
        .containsExactly(new float[] {0.25f, 0.5f, 1}, within(1e-6f));
  }

  // Grey of the pixels: 0.2989 and 0.2348, so their mean is 0.26685.
  @Test
  void should_blend_with_the_mean_grey_of_the_image_if_only_contrast_changes() {
    NDArray images = pixels(1, 0, 0, 0, 0.4f, 0);

    NDArray changed = new ColorJitter(0, 0.5, 0).apply(images, new Scripted(0, 0, 0, 0));

    assertThat(changed.toFloatArray())
        .containsExactly(
            new float[] {0.633425f, 0.133425f, 0.133425f, 0.133425f, 0.333425f, 0.133425f},
            within(1e-6f));
  }

  // Grey of the pixel: 0.2989 x 0.2 + 0.587 x 0.4 + 0.114 x 0.8 = 0.38578.
  @Test
  void should_blend_with_the_grey_image_if_only_saturation_changes() {
    NDArray images = pixels(0.2f, 0.4f, 0.8f);

    NDArray changed = new ColorJitter(0, 0, 0.5).apply(images, new Scripted(0, 0, 0, 0));

    assertThat(changed.toFloatArray())
        .containsExactly(new float[] {0.29289f, 0.39289f, 0.59289f}, within(1e-6f));
  }

  @Test
  void should_follow_the_drawn_order_of_each_image_if_all_three_change() {
    float[] image = {0.9f, 0.1f, 0.3f, 0.2f, 0.8f, 0.6f};
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    float[] factors = {1.8f, 0.6f, 1.4f};
    float[] batch = new float[36];
    double[] draws = new double[24];
    for (int i = 0; i < 6; i++) {
      System.arraycopy(image, 0, batch, 6 * i, 6);
      // At a strength of 1 a factor is twice its draw.
      double[] own = {i, 0.9, 0.3, 0.7};
      System.arraycopy(own, 0, draws, 4 * i, 4);
    }

    NDArray changed =
        new ColorJitter(1, 1, 1)
            .apply(manager.create(batch, new Shape(6, 1, 2, 3)), new Scripted(draws));

    float[] expected = new float[36];
    for (int i = 0; i < 6; i++) {
      float[] x = image.clone();
      for (int kind : orders[i]) {
        x = changed(x, kind, factors[kind]);
      }
      System.arraycopy(x, 0, expected, 6 * i, 6);
    }
    assertThat(changed.toFloatArray()).containsExactly(expected, within(1e-6f));
  }

  private static float[] changed(float[] x, int kind, float factor) {
    float[] greys = new float[2];
    for (int p = 0; p < 2; p++) {
      greys[p] = 0.2989f * x[3 * p] + 0.587f * x[3 * p + 1] + 0.114f * x[3 * p + 2];
    }
    float[] changed = new float[6];
    for (int v = 0; v < 6; v++) {
      float[] bases = {0, (greys[0] + greys[1]) / 2, greys[v / 3]};
      changed[v] = Math.min(1, Math.max(0, factor * x[v] + (1 - factor) * bases[kind]));
    }
    return changed;
  }

  @Test
  void should_draw_factors_between_0_and_1_plus_strength_if_the_strength_is_over_1() {
    NDArray images = pixels(0.1f, 0.1f, 0.1f);
    ColorJitter rule = new ColorJitter(3, 0, 0);

    assertThat(rule.apply(images, new Scripted(0, 0, 0, 0)).toFloatArray())
        .containsExactly(0, 0, 0);
    assertThat(rule.apply(images, new Scripted(0, 0.5, 0, 0)).toFloatArray())
        .containsExactly(new float[] {0.2f, 0.2f, 0.2f}, within(1e-6f));
  }

  @Test
  void should_take_one_channel_for_grey() {
    NDArray images = manager.create(new float[] {0.2f, 0.6f}, new Shape(1, 1, 2, 1));

    NDArray changed = new ColorJitter(0, 0.5, 0.5).apply(images, new Scripted(0, 0, 0, 0));

    assertThat(changed.toFloatArray()).containsExactly(new float[] {0.3f, 0.5f}, within(1e-6f));
  }

  @Test
  void should_refuse_images_without_colours_it_knows() {
    refuses(
        () -> new ColorJitter().apply(manager.zeros(new Shape(1, 2, 2, 4)), new Scripted()),
        "color-jitter: expected images of 1 or 3 channels, have 4");
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new ColorJitter(-1, 0, 0), "brightness: expected >= 0, is -1.0");
    refuses(() -> new ColorJitter(0, Double.NaN, 0), "contrast: expected >= 0, is NaN");
    refuses(() -> new ColorJitter(0, 0, -1), "saturation: expected >= 0, is -1.0");
  }

  private NDArray pixels(float... values) {
    return manager.create(values, new Shape(1, 1, values.length / 3, 3));
  }
}
