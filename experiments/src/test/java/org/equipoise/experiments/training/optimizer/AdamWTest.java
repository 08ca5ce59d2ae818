package org.equipoise.experiments.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamWTest implements SpecContract<OptimizerSpec> {

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

  @Override
  public OptimizerSpec spec() {
    return new AdamW(0.3, 0.8, 0.9, 1e-6, 1e-4, false);
  }

  @Override
  public String expectedTypeName() {
    return "adamw";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new AdamW()).isEqualTo(new AdamW(1e-3, 0.9, 0.999, 1e-8, 1e-2, true));
  }

  @Test
  void should_change_nothing_but_the_rate_if_given_another() {
    assertThat(new AdamW(0.3, 0.8, 0.9, 1e-6, 1e-4, false).withLearningRate(0.7))
        .isEqualTo(new AdamW(0.7, 0.8, 0.9, 1e-6, 1e-4, false));
  }

  // The averages of Adam without a penalty (see its test); each step shrinks the weight first, by
  // 0.1 x 0.1 at the first two and by 0.01 x 0.1 at the third:
  //   w1 = 0.99 - 0.1 * 0.5 / 0.51
  //   w2 = 0.99 w1 - 0.1 * 0.10526315... / (0.39468922... + 0.01)
  //   w3 = 0.999 w2 - 0.01 * 0.43542435... / (0.66333800... + 0.01)
  @Test
  void should_shrink_the_weight_and_keep_decay_out_of_the_averages() {
    AdamSteps.assertSteps(
        manager,
        new AdamW(0.1, 0.9, 0.99, 0.01, 0.1, true),
        0.8919607843137255,
        0.8570302577931025,
        0.8497065852607885);
  }

  @Test
  void should_shrink_weights_alone_if_told_so() {
    NDArray weight = manager.create(new double[] {1});
    NDArray bias = manager.create(new double[] {1});
    NDArray none = manager.create(new double[] {0});
    try (BoundOptimizer optimizer = new AdamW(0.5, 0.9, 0.999, 1e-8, 0.1, false).start()) {
      optimizer.step(
          List.of(new Trainable("w", true, weight, none), new Trainable("b", false, bias, none)),
          0.5);
    }

    assertThat(weight.getDouble(0)).isCloseTo(0.95, within(1e-15));
    assertThat(bias.getDouble(0)).isEqualTo(1);
  }

  @Test
  void should_name_itself_if_a_state_is_not_whole() {
    try (BoundOptimizer optimizer = new AdamW().start()) {
      assertThatThrownBy(() -> optimizer.restore(java.util.Collections.emptySortedMap(), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("adamw: ");
    }
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    assertThatThrownBy(() -> new AdamW(1, 0.9, 1, 1, 0, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta2: expected in [0, 1), is 1.0");
  }
}
