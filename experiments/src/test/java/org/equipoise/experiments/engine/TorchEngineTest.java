package org.equipoise.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.equipoise.api.tensor.Scalars;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TorchEngineTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_accept_a_second_start_if_the_threads_are_the_same() {
    TorchEngine.start(1);

    assertThat(System.getProperty("ai.djl.pytorch.num_threads")).isEqualTo("1");
  }

  @Test
  void should_name_both_numbers_if_started_with_other_threads() {
    assertThatThrownBy(() -> TorchEngine.start(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("asked for 3")
        .hasMessageContaining("already runs with 1");
    assertThat(System.getProperty("ai.djl.pytorch.num_threads")).isEqualTo("1");
  }

  @Test
  void should_refuse_no_threads() {
    assertThatThrownBy(() -> TorchEngine.start(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine threads: 0; expected >= 1");
  }

  // The set works only as a whole; see the root POM.
  @Test
  void should_name_the_pinned_versions() {
    assertThat(TorchEngine.version()).startsWith("pytorch 2.7.1-").endsWith(", djl 0.35.1");
  }

  @Test
  void should_draw_the_same_if_reseeded_and_something_else_if_not() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(8);
      TorchEngine.reseed(1L << 40);
      float[] first = manager.randomUniform(0, 1, shape).toFloatArray();
      float[] next = manager.randomUniform(0, 1, shape).toFloatArray();
      TorchEngine.reseed(1L << 40);
      float[] again = manager.randomUniform(0, 1, shape).toFloatArray();
      TorchEngine.reseed(1L << 41);
      float[] other = manager.randomUniform(0, 1, shape).toFloatArray();

      assertThat(again).isEqualTo(first);
      assertThat(next).isNotEqualTo(first);
      assertThat(other).isNotEqualTo(first);
    }
  }

  @Test
  void should_leave_no_trace_of_a_gradient_if_it_was_nan() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, 2});
      weight.setRequiresGradient(true);
      backward(weight, Float.NaN);
      assertThat(weight.getGradient().toFloatArray()).containsOnly(Float.NaN);

      TorchEngine.zeroGradient(weight);
      assertThat(weight.getGradient().toFloatArray()).containsOnly(0f);

      backward(weight, 3);
      assertThat(weight.getGradient().toFloatArray()).containsOnly(3f);
    }
  }

  @Test
  void should_do_nothing_if_there_is_no_gradient_to_zero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, 2});
      weight.setRequiresGradient(true);

      TorchEngine.zeroGradient(weight);

      assertThat(weight.getGradient().toFloatArray()).containsOnly(0f);
    }
  }

  private static void backward(NDArray weight, float slope) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(Scalars.times(weight, slope).sum());
    }
  }

  @Test
  void should_count_arrays_of_all_managers() {
    int before = TorchEngine.managedArrays();
    try (NDManager outer = NDManager.newBaseManager();
        NDManager inner = outer.newSubManager()) {
      outer.zeros(new Shape(2));
      inner.zeros(new Shape(3));

      assertThat(TorchEngine.managedArrays()).isEqualTo(before + 2);
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }
}
