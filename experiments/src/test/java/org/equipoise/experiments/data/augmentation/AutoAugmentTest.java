package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class AutoAugmentTest extends AugmentationFixture {

  // The policy for reduced CIFAR-10 in the appendix of Cubuk et al. 2019, as TensorFlow's Model
  // Garden has it with all levels, and torchvision with those that matter.
  private static final String PUBLISHED =
      """
          INVERT        0.1 7   CONTRAST      0.2 6
          ROTATE        0.7 2   TRANSLATE_X   0.3 9
          SHARPNESS     0.8 1   SHARPNESS     0.9 3
          SHEAR_Y       0.5 8   TRANSLATE_Y   0.7 9
          AUTO_CONTRAST 0.5 8   EQUALIZE      0.9 2
          SHEAR_Y       0.2 7   POSTERIZE     0.3 7
          COLOR         0.4 3   BRIGHTNESS    0.6 7
          SHARPNESS     0.3 9   BRIGHTNESS    0.7 9
          EQUALIZE      0.6 5   EQUALIZE      0.5 1
          CONTRAST      0.6 7   SHARPNESS     0.6 5
          COLOR         0.7 7   TRANSLATE_X   0.5 8
          EQUALIZE      0.3 7   AUTO_CONTRAST 0.4 8
          TRANSLATE_Y   0.4 3   SHARPNESS     0.2 6
          BRIGHTNESS    0.9 6   COLOR         0.2 8
          SOLARIZE      0.5 2   INVERT        0.0 3
          EQUALIZE      0.2 0   AUTO_CONTRAST 0.6 0
          EQUALIZE      0.2 8   EQUALIZE      0.6 4
          COLOR         0.9 9   EQUALIZE      0.6 6
          AUTO_CONTRAST 0.8 4   SOLARIZE      0.2 8
          BRIGHTNESS    0.1 3   COLOR         0.7 0
          SOLARIZE      0.4 5   AUTO_CONTRAST 0.9 3
          TRANSLATE_Y   0.9 9   TRANSLATE_Y   0.7 9
          AUTO_CONTRAST 0.9 2   SOLARIZE      0.8 3
          EQUALIZE      0.8 8   INVERT        0.1 3
          TRANSLATE_Y   0.7 9   AUTO_CONTRAST 0.9 1
          """;
  private static final Set<Operation> TWO_WAYS =
      EnumSet.of(
          Operation.ROTATE,
          Operation.COLOR,
          Operation.CONTRAST,
          Operation.BRIGHTNESS,
          Operation.SHARPNESS,
          Operation.SHEAR_Y,
          Operation.TRANSLATE_X,
          Operation.TRANSLATE_Y);
  // So many pixels that equalizing has an effect.
  private static final int SIDE = 17;

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

  @Test
  void should_hold_the_published_policy_row_by_row() {
    List<List<AutoAugment.Step>> published = published();
    assertThat(published).hasSize(25);
    for (int i = 0; i < 25; i++) {
      assertThat(AutoAugment.POLICY.get(i)).as("row %d, from 0", i).isEqualTo(published.get(i));
    }
    assertThat(AutoAugment.POLICY).hasSameSizeAs(published);
  }

  @Test
  void should_do_what_the_row_says_below_its_probability_and_nothing_from_it_on() {
    ByteImage bytes = picture();
    NDArray image = manager.create(values(bytes), new Shape(1, SIDE, SIDE, 3));
    List<List<AutoAugment.Step>> published = published();
    for (int i = 0; i < published.size(); i++) {
      AutoAugment.Step first = published.get(i).get(0);
      AutoAugment.Step second = published.get(i).get(1);

      assertThat(drawn(image, i, first, true, second, true))
          .as("row %d, from 0: both", i)
          .isEqualTo(values(applied(second, applied(first, bytes))));
      assertThat(drawn(image, i, first, true, second, false))
          .as("row %d, from 0: the first", i)
          .isEqualTo(values(applied(first, bytes)));
      assertThat(drawn(image, i, first, false, second, true))
          .as("row %d, from 0: the second", i)
          .isEqualTo(values(applied(second, bytes)));
      assertThat(drawn(image, i, first, false, second, false))
          .as("row %d, from 0: neither", i)
          .isEqualTo(values(bytes));
    }
  }

  private static float[] drawn(
      NDArray image,
      int row,
      AutoAugment.Step first,
      boolean firstComes,
      AutoAugment.Step second,
      boolean secondComes) {
    List<Double> draws = new ArrayList<>(List.of((double) row));
    draw(draws, first, firstComes);
    draw(draws, second, secondComes);
    Scripted random = new Scripted(draws.stream().mapToDouble(Double::doubleValue).toArray());
    return new AutoAugment(0.5).apply(image, random).toFloatArray();
  }

  private static void draw(List<Double> draws, AutoAugment.Step step, boolean comes) {
    if (!comes) {
      draws.add(step.probability());
    } else if (step.probability() == 0) {
      // Nothing is below 0: it never comes, and applied() leaves it out.
      draws.add(0.0);
    } else {
      draws.add(Math.nextDown(step.probability()));
      if (TWO_WAYS.contains(step.operation())) {
        draws.add(1.0);
      }
    }
  }

  private static ByteImage applied(AutoAugment.Step step, ByteImage image) {
    if (step.probability() == 0) {
      return image;
    }
    double strength = step.level() / 9.0;
    return step.operation()
        .apply(image, TWO_WAYS.contains(step.operation()) ? -strength : strength, 128);
  }

  private static List<List<AutoAugment.Step>> published() {
    return PUBLISHED
        .lines()
        .map(
            line -> {
              String[] row = line.strip().split(" +");
              return List.of(step(row, 0), step(row, 3));
            })
        .toList();
  }

  private static AutoAugment.Step step(String[] row, int at) {
    return new AutoAugment.Step(
        Operation.valueOf(row[at]), Double.parseDouble(row[at + 1]), Integer.parseInt(row[at + 2]));
  }

  private static ByteImage picture() {
    int[] values = new int[SIDE * SIDE * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = 20 + (i * 37 + i * i) % 211;
    }
    return new ByteImage(SIDE, SIDE, 3, values);
  }

  private static float[] values(ByteImage image) {
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.values()[i] / 255f;
    }
    return values;
  }

  // The 15th sub-policy solarizes at level 2 (from 256 x 7/9 = 199.1 on) and never inverts; the
  // 22nd translates twice, by 150/331 of five rows, which is two.
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
