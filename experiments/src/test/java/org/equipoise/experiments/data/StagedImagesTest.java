package org.equipoise.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StagedImagesTest {

  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final int CHANNELS = 2;
  private static final double[] MEAN = {0.25, 0.5};
  private static final double[] STD = {0.5, 2};

  private NDManager manager;
  private StagedImages images;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void stage() {
    manager = NDManager.newBaseManager();
    byte[] pixels = new byte[5 * HEIGHT * WIDTH * CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) pixel(i);
    }
    ImageFormat format =
        new ImageFormat(
            HEIGHT, WIDTH, CHANNELS, List.of(MEAN[0], MEAN[1]), List.of(STD[0], STD[1]));
    images =
        new StagedImages(new ImageExamples(pixels, new int[] {4, 3, 2, 1, 0}, format), manager);
  }

  // All different, and above 127 too, where a signed byte would be negative.
  private static int pixel(int index) {
    return (index * 37 + 200) % 256;
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void should_gather_normalised_pixels_in_the_order_asked_for() {
    int[] chosen = {3, 0, 3};

    StagedBatch batch = images.batch(manager, chosen, List.of(), new SplittableRandom(1));

    assertThat(batch.inputs().getShape()).isEqualTo(new Shape(3, CHANNELS, HEIGHT, WIDTH));
    assertThat(batch.inputs().getDataType()).isEqualTo(DataType.FLOAT32);
    for (int n = 0; n < chosen.length; n++) {
      for (int c = 0; c < CHANNELS; c++) {
        for (int h = 0; h < HEIGHT; h++) {
          for (int w = 0; w < WIDTH; w++) {
            int at = ((chosen[n] * HEIGHT + h) * WIDTH + w) * CHANNELS + c;
            float expected = (pixel(at) / 255f - (float) MEAN[c]) / (float) STD[c];
            assertThat(batch.inputs().getFloat(n, c, h, w)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void should_give_labels_as_int64() {
    StagedBatch batch =
        images.batch(manager, new int[] {3, 0, 3}, List.of(), new SplittableRandom(1));

    assertThat(batch.labels().toLongArray()).containsExactly(1, 4, 1);
  }

  @Test
  void should_augment_channels_last_values_between_0_and_1_in_the_given_order() {
    List<String> seen = new ArrayList<>();
    AugmentationSpec first =
        new Spy() {
          @Override
          public NDArray apply(NDArray batch, RandomGenerator random) {
            seen.add("first " + batch.getShape());
            assertThat(batch.getFloat(0, 0, 0, 0)).isEqualTo(pixel(0) / 255f);
            return batch.mul(0);
          }
        };
    AugmentationSpec second =
        new Spy() {
          @Override
          public NDArray apply(NDArray batch, RandomGenerator random) {
            seen.add("second " + batch.getFloat(0, 0, 0, 0));
            return batch;
          }
        };

    NDArray inputs =
        images
            .batch(manager, new int[] {0}, List.of(first, second), new SplittableRandom(1))
            .inputs();

    assertThat(seen).containsExactly("first (1, 2, 3, 2)", "second 0.0");
    assertThat(inputs.getFloat(0, 0, 0, 0)).isEqualTo((float) (-MEAN[0] / STD[0]));
    assertThat(inputs.getFloat(0, 1, 0, 0)).isEqualTo((float) (-MEAN[1] / STD[1]));
  }

  private abstract static class Spy implements AugmentationSpec {}

  @Test
  void should_name_the_index_if_it_is_out_of_range() {
    assertThatThrownBy(
            () -> images.batch(manager, new int[] {0, 5}, List.of(), new SplittableRandom(1)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("batch: example 5 outside 0..4");
  }

  @Test
  void should_leave_the_staged_images_as_they_are() {
    int[] all = {0, 1, 2, 3, 4};
    float[] before = gather(all);

    images.batch(manager, all, List.of(new PadCrop(1)), new SplittableRandom(5));

    assertThat(gather(all)).isEqualTo(before);
  }

  @Test
  void should_keep_nothing_of_a_batch_once_its_manager_is_closed() {
    int before = TorchEngine.managedArrays();
    try (NDManager step = manager.newSubManager()) {
      images.batch(
          step,
          new int[] {1, 2},
          List.of(new PadCrop(1), new HorizontalFlip()),
          new SplittableRandom(5));
    }

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  private float[] gather(int[] chosen) {
    return images
        .batch(manager, chosen, List.of(), new SplittableRandom(1))
        .inputs()
        .toFloatArray();
  }
}
