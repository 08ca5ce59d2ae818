package org.equipoise.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedFeaturesTest {

  private static final FeatureExamples EXAMPLES =
      new FeatureExamples(
          new float[] {0, 1, 10, 11, 20, 21, 30, 31, 40, 41}, 2, new int[] {4, 3, 2, 1, 0});

  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static StagedBatch batch(StagedExamples staged, NDManager step, int... examples) {
    return staged.batch(step, examples, List.of(), new SplittableRandom(1));
  }

  @Test
  void should_be_what_features_are_staged_as() {
    StagedExamples staged = StagedExamples.of(EXAMPLES, manager);

    assertThat(staged).isInstanceOf(StagedFeatures.class);
    assertThat(EXAMPLES.inputShape()).isEqualTo(new Shape(2));
    assertThat(staged.size()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 10, 100})
  void should_gather_rows_in_the_order_asked_for_however_many_pieces_were_staged(int piece) {
    StagedBatch batch = batch(new StagedFeatures(EXAMPLES, manager, piece), manager, 4, 0, 2, 4);

    assertThat(batch.inputs().getShape()).isEqualTo(new Shape(4, 2));
    assertThat(batch.inputs().toFloatArray()).containsExactly(40, 41, 0, 1, 20, 21, 40, 41);
    assertThat(batch.labels().toLongArray()).containsExactly(0, 4, 2, 0);
  }

  @Test
  void should_name_the_key_of_the_config_if_images_are_to_be_changed() {
    StagedExamples staged = StagedExamples.of(EXAMPLES, manager);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                staged.batch(
                    manager,
                    new int[] {0},
                    List.of(new PadCrop(1), new HorizontalFlip()),
                    new SplittableRandom(1)))
        .withMessage(
            "training.augmentation: changes images, but the data set has features; expected an"
                + " empty list, is [pad-crop, horizontal-flip]");
  }

  @Test
  void should_name_the_index_if_it_is_out_of_range() {
    StagedExamples staged = StagedExamples.of(EXAMPLES, manager);

    assertThatThrownBy(() -> batch(staged, manager, 0, 5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("batch: example 5 outside 0..4");
  }

  @Test
  void should_keep_nothing_of_a_batch_or_of_itself_once_closed() {
    int none = TorchEngine.managedArrays();
    try (StagedExamples staged = new StagedFeatures(EXAMPLES, manager, 2)) {
      int before = TorchEngine.managedArrays();
      try (NDManager step = manager.newSubManager()) {
        batch(staged, step, 1, 2);
      }
      assertThat(TorchEngine.managedArrays()).isEqualTo(before);
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(none);
  }
}
