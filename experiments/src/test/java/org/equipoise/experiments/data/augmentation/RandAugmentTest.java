package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class RandAugmentTest extends AugmentationFixture {

  // As they stand in figure 2 of the paper.
  private static final List<Operation> PUBLISHED =
      List.of(
          Operation.IDENTITY,
          Operation.AUTO_CONTRAST,
          Operation.EQUALIZE,
          Operation.ROTATE,
          Operation.SOLARIZE,
          Operation.COLOR,
          Operation.POSTERIZE,
          Operation.CONTRAST,
          Operation.BRIGHTNESS,
          Operation.SHARPNESS,
          Operation.SHEAR_X,
          Operation.SHEAR_Y,
          Operation.TRANSLATE_X,
          Operation.TRANSLATE_Y);
  private static final Set<Operation> TWO_WAYS =
      EnumSet.of(
          Operation.ROTATE,
          Operation.COLOR,
          Operation.CONTRAST,
          Operation.BRIGHTNESS,
          Operation.SHARPNESS,
          Operation.SHEAR_X,
          Operation.SHEAR_Y,
          Operation.TRANSLATE_X,
          Operation.TRANSLATE_Y);
  // So many pixels that equalizing has an effect.
  private static final int SIDE = 17;

  @Override
  public AugmentationSpec spec() {
    return new RandAugment(3, 12, 0.25);
  }

  @Override
  public String expectedTypeName() {
    return "rand-augment";
  }

  @Test
  void should_have_the_published_defaults() {
    assertThat(new RandAugment()).isEqualTo(new RandAugment(2, 9, 0.5));
  }

  // Solarize at 15 of 30 inverts from 128 on; brightness at 15 of 30 is a factor of 1.45 or 0.55.
  @Test
  void should_apply_the_drawn_operations_one_after_the_other() {
    NDArray images = row(40, 200, 100);

    NDArray brighter = new RandAugment(2, 15, 0).apply(images, new Scripted(4, 8, 0));
    NDArray darker = new RandAugment(2, 15, 0).apply(images, new Scripted(8, 1, 4));

    assertThat(brighter.toFloatArray()).containsExactly(row(58, 79, 145).toFloatArray());
    assertThat(darker.toFloatArray()).containsExactly(row(22, 110, 55).toFloatArray());
  }

  @Test
  void should_fill_with_the_stated_value_if_an_image_is_moved() {
    // 0.45 of three columns is one.
    NDArray moved = new RandAugment(1, 30, 0.2).apply(row(40, 200, 100), new Scripted(12, 0));

    assertThat(moved.toFloatArray()).containsExactly(row(200, 100, 51).toFloatArray());
  }

  @Test
  void should_hold_the_published_operations_in_their_order() {
    NDArray image = picture();
    ByteImage bytes = bytes(image);
    for (int i = 0; i < PUBLISHED.size(); i++) {
      int[] expected = PUBLISHED.get(i).apply(bytes, 0.3, 128).values();

      NDArray changed = new RandAugment(1, 9, 0.5).apply(image, new Scripted(i, 0));

      assertThat(bytes(changed).values()).as("%s", PUBLISHED.get(i)).isEqualTo(expected);
    }
  }

  @Test
  void should_draw_every_operation_equally_often_and_either_way_equally_often() {
    NDArray one = picture();
    ByteImage bytes = bytes(one);
    int images = 14_000;
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("policy");
          NDArray batch = one.broadcast(new Shape(images, SIDE, SIDE, 3));
          float[] changed = new RandAugment(1, 9, 0.5).apply(batch, random).toFloatArray();
          int size = changed.length / images;
          Map<Integer, Integer> outcomes = new HashMap<>();
          for (int i = 0; i < images; i++) {
            int[] values = bytes(Arrays.copyOfRange(changed, i * size, (i + 1) * size));
            outcomes.merge(Arrays.hashCode(values), 1, Integer::sum);
          }

          // 1000 expected of each operation, and 500 of each way; the bounds are 6 deviations.
          for (Operation operation : PUBLISHED) {
            int there = outcomes.getOrDefault(hash(operation.apply(bytes, 0.3, 128)), 0);
            int back = outcomes.getOrDefault(hash(operation.apply(bytes, -0.3, 128)), 0);
            if (TWO_WAYS.contains(operation)) {
              assertThat(there).as("%s", operation).isBetween(367, 633);
              assertThat(back).as("-%s", operation).isBetween(367, 633);
            } else {
              assertThat(there).as("%s", operation).isBetween(817, 1183);
            }
          }
          assertThat(outcomes).hasSize(PUBLISHED.size() + TWO_WAYS.size());
        });
  }

  private static int hash(ByteImage image) {
    return Arrays.hashCode(image.values());
  }

  @Test
  void should_change_nothing_that_has_a_strength_if_the_magnitude_is_0() {
    NDArray image = picture();
    for (int i = 3; i < PUBLISHED.size(); i++) {
      NDArray changed = new RandAugment(1, 0, 0.5).apply(image, new Scripted(i, 1));

      assertThat(changed.toFloatArray()).as("%s", PUBLISHED.get(i)).isEqualTo(image.toFloatArray());
    }
  }

  @Test
  void should_refuse_images_without_colours_it_knows() {
    refuses(
        () -> new RandAugment().apply(manager.zeros(new Shape(1, 2, 2, 4)), new Scripted()),
        "rand-augment: expected images of 1 or 3 channels, have 4");
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new RandAugment(0, 9, 0.5), "operations: expected >= 1, is 0");
    refuses(() -> new RandAugment(2, 31, 0.5), "magnitude: expected 0..30, is 31");
    refuses(() -> new RandAugment(2, -1, 0.5), "magnitude: expected 0..30, is -1");
    refuses(() -> new RandAugment(2, 9, 1.5), "fill: expected 0..1, is 1.5");
  }

  private NDArray row(int... bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] / 255f;
    }
    return manager.create(values, new Shape(1, 1, values.length, 1));
  }

  /** A picture that each operation but identity changes to another one. */
  private NDArray picture() {
    float[] values = new float[SIDE * SIDE * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (20 + (i * 37 + i * i) % 211) / 255f;
    }
    return manager.create(values, new Shape(1, SIDE, SIDE, 3));
  }

  private static ByteImage bytes(NDArray image) {
    return new ByteImage(SIDE, SIDE, 3, bytes(image.toFloatArray()));
  }

  private static int[] bytes(float[] values) {
    int[] bytes = new int[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(values[i] * 255);
    }
    return bytes;
  }
}
