package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.testkit.SpecContract;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tests of all augmentations need, and what holds for every augmentation. */
abstract class AugmentationFixture implements SpecContract<AugmentationSpec> {

  // So many that one of them is changed, whatever is drawn.
  private static final Shape BATCH = new Shape(200, 6, 5, 3);

  NDManager manager;

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

  static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void should_leave_its_argument_alone_and_nothing_behind() {
    TestSeed.run(
        streams -> {
          NDArray images = manager.randomUniform(0, 1, BATCH);
          float[] before = images.toFloatArray();
          int arrays = TorchEngine.managedArrays();

          try (NDManager step = manager.newSubManager()) {
            images.tempAttach(step);
            NDArray changed = spec().apply(images, streams.stream("draws"));

            assertThat(changed.getManager()).isEqualTo(step);
            assertThat(changed.getShape()).isEqualTo(images.getShape());
            assertThat(changed.getDataType()).isEqualTo(images.getDataType());
            assertThat(changed.toFloatArray()).isNotEqualTo(before);
          }

          assertThat(images.toFloatArray()).isEqualTo(before);
          assertThat(TorchEngine.managedArrays()).isEqualTo(arrays);
        });
  }

  @Test
  void should_give_the_same_bits_for_the_same_stream_and_others_for_another() {
    TestSeed.run(
        streams -> {
          NDArray images = manager.randomUniform(0, 1, BATCH);

          float[] once = spec().apply(images, streams.stream("a")).toFloatArray();
          float[] again = spec().apply(images, streams.stream("a")).toFloatArray();
          float[] other = spec().apply(images, streams.stream("b")).toFloatArray();

          assertThat(again).isEqualTo(once);
          assertThat(other).isNotEqualTo(once);
        });
  }
}
