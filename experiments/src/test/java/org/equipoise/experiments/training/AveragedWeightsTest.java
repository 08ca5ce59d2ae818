package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.equipoise.experiments.config.WeightAveraging.Ema;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AveragedWeightsTest {

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

  // a0 = 1; a1 = 0.75 x 1 + 0.25 x 5 = 2; a2 = 0.75 x 2 + 0.25 x (-2) = 1.
  @Test
  void should_keep_the_share_of_the_average_and_take_the_rest_of_the_weights() {
    NDArray weight = manager.create(new float[] {1});
    try (AveragedWeights averages = new AveragedWeights(new Ema(0.75), Map.of("w", weight))) {
      assertThat(averages.arrays().get("w").toFloatArray()).containsExactly(1);

      averages.add(1, Map.of("w", manager.create(new float[] {5})));
      assertThat(averages.arrays().get("w").toFloatArray()).containsExactly(2);

      averages.add(2, Map.of("w", manager.create(new float[] {-2})));
      assertThat(averages.arrays().get("w").toFloatArray())
          .containsExactly(new float[] {1}, within(1e-7f));
      assertThat(weight.getFloat(0)).isEqualTo(1);
    }
  }

  @Test
  void should_keep_what_never_changes_to_the_bit() {
    float[] odd = {0.1f, 1f / 3, 7e-20f};
    NDArray weight = manager.create(odd);
    try (AveragedWeights averages = new AveragedWeights(new Ema(0.9), Map.of("w", weight))) {
      for (int step = 1; step <= 10; step++) {
        averages.add(step, Map.of("w", weight));
      }

      assertThat(averages.arrays().get("w").toFloatArray()).isEqualTo(odd);
    }
  }

  @Test
  void should_leave_nothing_behind() {
    NDArray weight = manager.create(new float[] {1});
    int before = TorchEngine.managedArrays();
    try (AveragedWeights averages = new AveragedWeights(new Ema(), Map.of("w", weight))) {
      averages.add(1, Map.of("w", weight));
      assertThat(TorchEngine.managedArrays()).isEqualTo(before + 1);
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_keep_999_of_1000_by_default_and_refuse_a_share_of_all() {
    assertThat(new Ema()).isEqualTo(new Ema(0.999));
    assertThatThrownBy(() -> new Ema(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay: expected in [0, 1), is 1.0");
  }
}
