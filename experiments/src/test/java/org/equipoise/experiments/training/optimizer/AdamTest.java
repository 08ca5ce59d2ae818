package org.equipoise.experiments.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamTest implements SpecContract<OptimizerSpec> {

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
    return new Adam(0.3, 0.8, 0.9, 1e-6, 1e-4, false);
  }

  @Override
  public String expectedTypeName() {
    return "adam";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new Adam()).isEqualTo(new Adam(1e-3, 0.9, 0.999, 1e-8, 0, true));
  }

  @Test
  void should_change_nothing_but_the_rate_if_given_another() {
    assertThat(new Adam(0.3, 0.8, 0.9, 1e-6, 1e-4, false).withLearningRate(0.7))
        .isEqualTo(new Adam(0.7, 0.8, 0.9, 1e-6, 1e-4, false));
  }

  // By hand, w = 1, gradients 0.5, -0.25, 1; averages 0.9 and 0.99, epsilon 0.01:
  //   m1 = 0.05   v1 = 0.0025    corrected 0.5 and 0.25, root 0.5
  //   w1 = 1 - 0.1 * 0.5 / 0.51
  //   m2 = 0.02   v2 = 0.0031    divided by 0.19 and 0.0199
  //   w2 = w1 - 0.1 * 0.10526315... / (0.39468922... + 0.01)
  //   m3 = 0.118  v3 = 0.013069  divided by 0.271 and 0.029701, and the rate lowered to 0.01
  //   w3 = w2 - 0.01 * 0.43542435... / (0.66333800... + 0.01)
  // Epsilon is so big that it counts where it stands.
  @Test
  void should_correct_the_bias_of_both_averages_step_by_step() {
    assertSteps(
        new Adam(0.1, 0.9, 0.99, 0.01, 0, true),
        0.9019607843137255,
        0.8759498656362398,
        0.8694832233617188);
  }

  // The same with 0.1 w added to each gradient before anything else: m1 = 0.06, v1 = 0.0036,
  //   w1 = 1 - 0.1 * 0.6 / 0.61; g2 = -0.25 + 0.1 w1 = -0.15983606...
  @Test
  void should_average_the_gradient_of_the_l2_penalty_too() {
    assertSteps(
        new Adam(0.1, 0.9, 0.99, 0.01, 0.1, true),
        0.9016393442622951,
        0.8569874042947004,
        0.8498092286608248);
  }

  private void assertSteps(OptimizerSpec rule, double... expected) {
    AdamSteps.assertSteps(manager, rule, expected);
  }

  @Test
  void should_penalise_weights_alone_if_told_so() {
    NDArray weight = manager.create(new double[] {1});
    NDArray bias = manager.create(new double[] {1});
    NDArray none = manager.create(new double[] {0});
    try (BoundOptimizer optimizer = new Adam(0.5, 0.9, 0.999, 1e-8, 0.1, false).start()) {
      optimizer.step(
          List.of(new Trainable("w", true, weight, none), new Trainable("b", false, bias, none)),
          0.5);
    }

    // One corrected step of any gradient is the rate itself.
    assertThat(weight.getDouble(0)).isCloseTo(0.5, within(1e-6));
    assertThat(bias.getDouble(0)).isEqualTo(1);
  }

  @Test
  void should_go_on_to_the_bit_from_a_restored_state() {
    NDArray undisturbed = manager.create(new float[] {1, -2, 3});
    NDArray resumed = manager.create(new float[] {1, -2, 3});
    Adam rule = new Adam(0.1, 0.9, 0.999, 1e-8, 0.01, true);
    try (BoundOptimizer first = rule.start();
        BoundOptimizer second = rule.start();
        BoundOptimizer third = rule.start()) {
      for (float gradient : new float[] {0.3f, 0.2f}) {
        first.step(parameters(undisturbed, gradient), 0.1);
        second.step(parameters(resumed, gradient), 0.1);
      }
      assertThat(second.state()).containsOnlyKeys("steps", "w/mean", "w/square");
      assertThat(second.state().get("steps").toFloatArray()).containsExactly(2);

      third.restore(second.state(), parameters(resumed, 0));
      first.step(parameters(undisturbed, -0.7f), 0.05);
      third.step(parameters(resumed, -0.7f), 0.05);
    }

    assertThat(resumed.toFloatArray()).isEqualTo(undisturbed.toFloatArray());
  }

  @Test
  void should_take_up_a_state_from_before_the_first_step() {
    NDArray weight = manager.create(new float[] {1, -2, 3});
    try (BoundOptimizer first = new Adam().start();
        BoundOptimizer second = new Adam().start()) {
      second.restore(first.state(), parameters(weight, 0));

      assertThat(second.state()).containsOnlyKeys("steps");
    }
  }

  @Test
  void should_refuse_a_state_that_is_not_whole() {
    List<Trainable> parameters = parameters(manager.zeros(new Shape(3)), 0);
    SortedMap<String, NDArray> saved = new TreeMap<>();
    try (BoundOptimizer optimizer = new Adam().start()) {
      assertThatThrownBy(() -> optimizer.restore(saved, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("adam: no count \"steps\" in the saved []");

      saved.put("steps", manager.zeros(new Shape(1)));
      saved.put("w/mean", manager.zeros(new Shape(3)));
      assertThatThrownBy(() -> optimizer.restore(saved, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("adam: buffers are missing among the saved [w/mean]");

      saved.put("w/square", manager.zeros(new Shape(2)));
      assertThatThrownBy(() -> optimizer.restore(saved, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("adam: no parameter for the saved buffer w/square of (2)");
    }
  }

  @Test
  void should_leave_no_array_but_its_own_behind() {
    NDArray weight = manager.create(new float[] {1, -2, 3});
    int before = TorchEngine.managedArrays();
    try (BoundOptimizer optimizer = new Adam(0.1, 0.9, 0.999, 1e-8, 0.01, true).start();
        NDManager step = manager.newSubManager()) {
      NDArray gradient = step.ones(new Shape(3));
      for (int i = 0; i < 3; i++) {
        optimizer.step(List.of(new Trainable("w", true, weight, gradient)), 0.1);
      }

      // The gradient, two averages and the step count.
      assertThat(TorchEngine.managedArrays()).isEqualTo(before + 4);
      assertThat(gradient.toFloatArray()).containsExactly(1, 1, 1);
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  private List<Trainable> parameters(NDArray weight, float gradient) {
    return List.of(new Trainable("w", true, weight, manager.full(weight.getShape(), gradient)));
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new Adam(0, 0.9, 0.9, 1, 0, true), "learningRate: expected > 0, is 0.0");
    refuses(() -> new Adam(1, 1, 0.9, 1, 0, true), "beta1: expected in [0, 1), is 1.0");
    refuses(() -> new Adam(1, 0.9, -1, 1, 0, true), "beta2: expected in [0, 1), is -1.0");
    refuses(() -> new Adam(1, 0.9, 0.9, 0, 0, true), "epsilon: expected > 0, is 0.0");
    refuses(() -> new Adam(1, 0.9, 0.9, 1, -1, true), "weightDecay: expected >= 0, is -1.0");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
