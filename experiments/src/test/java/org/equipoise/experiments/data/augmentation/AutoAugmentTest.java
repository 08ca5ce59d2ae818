package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class AutoAugmentTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new AutoAugment(0.25);
  }

  @Override
  public String expectedTypeName() {
    return "auto-augment";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new AutoAugment()).isEqualTo(new AutoAugment(0.5));
  }

  // The 15th sub-policy solarizes at level 2 (from 256 x 7/9 = 199.1 on) and never inverts; the
  // 22nd
  // translates twice, by 150/331 of five rows, which is two.
  @Test
  void should_apply_the_drawn_sub_policy_to_each_image() {
    NDArray images = column(10, 100, 199, 200, 255, 10, 20, 30, 40, 50);

    NDArray changed =
        new AutoAugment(0.2).apply(images, new Scripted(14, 0.49, 0, 21, 0.89, 0, 0.69, 1));

    assertThat(changed.toFloatArray())
        .containsExactly(column(10, 100, 199, 55, 0, 51, 51, 30, 40, 50).toFloatArray());
  }

  @Test
  void should_apply_an_operation_with_its_own_probability_only() {
    NDArray images = column(10, 100, 199, 200, 255, 10, 20, 30, 40, 50);

    NDArray changed = new AutoAugment().apply(images, new Scripted(14, 0.5, 0, 21, 0.9, 0.7));

    assertThat(changed.toFloatArray()).containsExactly(images.toFloatArray());
  }

  @Test
  void should_change_most_images_and_give_bytes() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("policy");
          float[] pixels = new float[1000 * 8 * 8 * 3];
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256) / 255f;
          }
          NDArray images = manager.create(pixels, new Shape(1000, 8, 8, 3));

          float[] changed = new AutoAugment().apply(images, random).toFloatArray();

          int same = 0;
          for (int i = 0; i < 1000; i++) {
            same +=
                Arrays.equals(pixels, 192 * i, 192 * i + 192, changed, 192 * i, 192 * i + 192)
                    ? 1
                    : 0;
          }
          assertThat(same).isBetween(1, 500);
          for (float value : changed) {
            int rounded = Math.round(value * 255);
            if (rounded < 0 || rounded > 255 || value != rounded / 255f) {
              throw new AssertionError(value + " is no byte");
            }
          }
        });
  }

  @Test
  void should_refuse_images_without_colours_it_knows() {
    refuses(
        () -> new AutoAugment().apply(manager.zeros(new Shape(1, 2, 2, 4)), new Scripted()),
        "auto-augment: expected images of 1 or 3 channels, have 4");
  }

  @Test
  void should_name_rule_and_value_if_the_fill_is_out_of_range() {
    refuses(() -> new AutoAugment(-1), "fill: expected 0..1, is -1.0");
  }

  /** Grey images of five rows and one column. */
  private NDArray column(int... bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] / 255f;
    }
    return manager.create(values, new Shape(values.length / 5, 5, 1, 1));
  }
}
