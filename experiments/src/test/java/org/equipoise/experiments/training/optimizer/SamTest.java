package org.equipoise.experiments.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

class SamTest implements SpecContract<OptimizerSpec> {

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
    return new Sam(0.1, new Adam());
  }

  @Override
  public String expectedTypeName() {
    return "sam";
  }

  @Test
  void should_have_the_published_defaults() {
    assertThat(new Sam()).isEqualTo(new Sam(0.05, new Sgd()));
  }

  @Test
  void should_have_the_learning_rate_of_its_base() {
    assertThat(new Sam(0.1, new Adam()).learningRate()).isEqualTo(1e-3);
    assertThat(new Sam(0.1, new Adam()).withLearningRate(0.7))
        .isEqualTo(new Sam(0.1, new Adam(0.7, 0.9, 0.999, 1e-8, 0, true)));
  }

  // L = u^2 / 2 + 2 v^2 has the gradient (u, 4 v). From (3, 1), with a distance of 0.5:
  //   g = (3, 4), of norm 5, so e = (0.3, 0.4) and the gradient at (3.3, 1.4) is (3.3, 5.6)
  //   step at rate 0.1: u = 3 - 0.33 = 2.67, v = 1 - 0.56 = 0.44.
  @Test
  void should_step_by_the_gradient_at_the_worst_place_of_a_quadratic() {
    assertStep(new Sgd(0.1, 0, 0, false, true), 2.67, 0.44);
  }

  // The decay is 0.1 (3, 1), of the weights themselves: u = 3 - 0.1 x 3.6, v = 1 - 0.1 x 5.7.
  @Test
  void should_decay_the_weights_where_they_are() {
    assertStep(new Sgd(0.1, 0, 0.1, false, true), 2.64, 0.43);
  }

  private void assertStep(Sgd base, double expectedU, double expectedV) {
    NDArray u = manager.create(new double[] {3});
    NDArray v = manager.create(new double[] {1});
    try (BoundOptimizer optimizer = new Sam(0.5, base).start()) {
      assertThat(optimizer.ascend(gradients(u, v))).isTrue();
      assertThat(u.getDouble(0)).isCloseTo(3.3, within(1e-15));
      assertThat(v.getDouble(0)).isCloseTo(1.4, within(1e-15));

      optimizer.step(gradients(u, v), 0.1);
    }

    assertThat(u.getDouble(0)).isCloseTo(expectedU, within(1e-15));
    assertThat(v.getDouble(0)).isCloseTo(expectedV, within(1e-15));
  }

  private static List<Trainable> gradients(NDArray u, NDArray v) {
    return List.of(
        new Trainable("u", true, u, u.duplicate()), new Trainable("v", true, v, v.mul(4)));
  }

  @Test
  void should_put_weights_back_to_the_bit() {
    NDArray weight = manager.create(new float[] {0.1f, 1e-3f, 7e4f});
    float[] before = weight.toFloatArray();
    NDArray zero = manager.zeros(new Shape(3));
    NDArray gradient = manager.create(new float[] {0.3f, -0.7f, 0.2f});
    try (BoundOptimizer optimizer = new Sam(0.05, new Sgd(1, 0, 0, false, true)).start()) {
      optimizer.ascend(List.of(new Trainable("w", true, weight, gradient)));
      assertThat(weight.toFloatArray()).isNotEqualTo(before);
      optimizer.step(List.of(new Trainable("w", true, weight, zero)), 1);
    }

    assertThat(weight.toFloatArray()).isEqualTo(before);
  }

  @Test
  void should_not_move_if_there_is_no_gradient_to_follow() {
    NDArray weight = manager.create(new float[] {1});
    List<Trainable> flat = List.of(new Trainable("w", true, weight, manager.zeros(new Shape(1))));
    try (BoundOptimizer optimizer = new Sam().start()) {
      assertThat(optimizer.ascend(flat)).isFalse();
      assertThat(weight.getFloat(0)).isEqualTo(1);
    }
  }

  @Test
  void should_have_the_state_of_its_base_and_leave_nothing_else_behind() {
    NDArray weight = manager.create(new float[] {1, -2, 3});
    int before = TorchEngine.managedArrays();
    try (BoundOptimizer optimizer = new Sam().start();
        NDManager step = manager.newSubManager()) {
      NDArray gradient = step.ones(new Shape(3));
      for (int i = 0; i < 3; i++) {
        optimizer.ascend(List.of(new Trainable("w", true, weight, gradient)));
        optimizer.step(List.of(new Trainable("w", true, weight, gradient)), 0.1);
      }

      assertThat(optimizer.state()).containsOnlyKeys("w");
      assertThat(TorchEngine.managedArrays()).isEqualTo(before + 2);

      try (BoundOptimizer other = new Sam().start()) {
        other.restore(optimizer.state(), List.of(new Trainable("w", true, weight, gradient)));
        assertThat(other.state().get("w").toFloatArray())
            .isEqualTo(optimizer.state().get("w").toFloatArray());
      }
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_name_rule_and_value_if_a_component_is_not_allowed() {
    assertThatThrownBy(() -> new Sam(0, new Sgd()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rho: expected > 0, is 0.0");
    assertThatThrownBy(() -> new Sam(0.1, new Sam()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("base: expected a rule of one gradient a step, is sam");
  }
}
