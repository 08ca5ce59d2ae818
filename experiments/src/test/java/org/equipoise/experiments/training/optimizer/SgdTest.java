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

class SgdTest implements SpecContract<OptimizerSpec> {

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
    return new Sgd(0.3, 0.8, 1e-4, true, true);
  }

  @Override
  public String expectedTypeName() {
    return "sgd";
  }

  @Test
  void should_have_the_documented_defaults() {
    assertThat(new Sgd()).isEqualTo(new Sgd(0.1, 0.9, 5e-4, false, true));
  }

  @Test
  void should_change_nothing_but_the_rate_if_given_another() {
    assertThat(new Sgd(0.3, 0.8, 1e-4, true, true).withLearningRate(0.7))
        .isEqualTo(new Sgd(0.7, 0.8, 1e-4, true, true));
  }

  // By hand, w = 1, gradients 0.5, -0.25, 1; weight decay 0.1, momentum 0.9:
  //   d1 = 0.5 + 0.1 * 1 = 0.6                  b1 = 0.6      w1 = 1 - 0.1 * 0.6 = 0.94
  //   d2 = -0.25 + 0.1 * 0.94 = -0.156          b2 = 0.384    w2 = 0.94 - 0.1 * 0.384 = 0.9016
  // and with the rate lowered to 0.01 before the third step:
  //   d3 = 1 + 0.1 * 0.9016 = 1.09016           b3 = 1.43576  w3 = 0.9016 - 0.01 * 1.43576
  // (were the rate inside the buffer, the third step would still carry 0.9 of the big ones).
  @Test
  void should_keep_the_buffer_in_units_of_the_gradient_if_the_rate_changes() {
    assertSteps(
        new Sgd(0.1, 0.9, 0.1, false, true),
        new double[] {0.1, 0.1, 0.01},
        new double[] {0.94, 0.9016, 0.8872424});
  }

  // The same d, with steps of d + 0.9 b:
  //   s1 = 0.6 + 0.54 = 1.14                     w1 = 0.886
  //   d2 = -0.25 + 0.0886 = -0.1614, b2 = 0.3786, s2 = -0.1614 + 0.34074 = 0.17934
  //   w2 = 0.868066
  //   d3 = 1.0868066, b3 = 1.4275466, s3 = 1.0868066 + 1.28479194 = 2.37159854
  //   w3 = 0.868066 - 0.01 * 2.37159854
  @Test
  void should_look_ahead_if_nesterov() {
    assertSteps(
        new Sgd(0.1, 0.9, 0.1, true, true),
        new double[] {0.1, 0.1, 0.01},
        new double[] {0.886, 0.868066, 0.8443500146});
  }

  // w1 = 1 - 0.1 * 0.5; w2 = 0.95 + 0.1 * 0.25; w3 = 0.975 - 0.01
  @Test
  void should_follow_the_plain_gradient_without_momentum_and_decay() {
    assertSteps(
        new Sgd(0.1, 0, 0, false, true),
        new double[] {0.1, 0.1, 0.01},
        new double[] {0.95, 0.975, 0.965});
  }

  private void assertSteps(Sgd rule, double[] rates, double[] expected) {
    double[] gradients = {0.5, -0.25, 1};
    NDArray weight = manager.create(new double[] {1});
    try (BoundOptimizer optimizer = rule.start()) {
      for (int i = 0; i < rates.length; i++) {
        NDArray gradient = manager.create(new double[] {gradients[i]});
        optimizer.step(List.of(new Trainable("w", true, weight, gradient)), rates[i]);

        assertThat(weight.getDouble(0)).as("step %d", i + 1).isCloseTo(expected[i], within(1e-15));
        assertThat(gradient.getDouble(0)).isEqualTo(gradients[i]);
      }
    }
  }

  @Test
  void should_decay_biases_too() {
    NDArray bias = manager.create(new double[] {1});
    try (BoundOptimizer optimizer = new Sgd(0.5, 0.9, 0.1, false, true).start()) {
      optimizer.step(
          List.of(new Trainable("b", false, bias, manager.zeros(new Shape(1), bias.getDataType()))),
          0.5);
    }

    assertThat(bias.getDouble(0)).isCloseTo(0.95, within(1e-15));
  }

  @Test
  void should_decay_weights_alone_if_told_so() {
    NDArray weight = manager.create(new double[] {1});
    NDArray bias = manager.create(new double[] {1});
    NDArray none = manager.create(new double[] {0});
    try (BoundOptimizer optimizer = new Sgd(0.5, 0.9, 0.1, false, false).start()) {
      optimizer.step(
          List.of(new Trainable("w", true, weight, none), new Trainable("b", false, bias, none)),
          0.5);
    }

    assertThat(weight.getDouble(0)).isCloseTo(0.95, within(1e-15));
    assertThat(bias.getDouble(0)).isEqualTo(1);
  }

  @Test
  void should_go_on_to_the_bit_from_a_restored_state() {
    NDArray undisturbed = manager.create(new float[] {1, -2, 3});
    NDArray resumed = manager.create(new float[] {1, -2, 3});
    Sgd rule = new Sgd(0.1, 0.9, 0.01, false, true);
    try (BoundOptimizer first = rule.start();
        BoundOptimizer second = rule.start();
        BoundOptimizer third = rule.start()) {
      first.step(parameters(undisturbed, 0.3f), 0.1);
      second.step(parameters(resumed, 0.3f), 0.1);
      assertThat(second.state()).containsOnlyKeys("w");

      third.restore(second.state(), parameters(resumed, 0));
      first.step(parameters(undisturbed, -0.7f), 0.05);
      third.step(parameters(resumed, -0.7f), 0.05);
    }

    assertThat(resumed.toFloatArray()).isEqualTo(undisturbed.toFloatArray());
  }

  @Test
  void should_refuse_a_state_of_other_parameters() {
    try (BoundOptimizer optimizer = new Sgd().start()) {
      SortedMap<String, NDArray> unknown = new TreeMap<>();
      unknown.put("v", manager.zeros(new Shape(3)));
      SortedMap<String, NDArray> reshaped = new TreeMap<>();
      reshaped.put("w", manager.zeros(new Shape(2)));
      List<Trainable> parameters = parameters(manager.zeros(new Shape(3)), 0);

      assertThatThrownBy(() -> optimizer.restore(unknown, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sgd: no parameter for the saved buffer v of (3)");
      assertThatThrownBy(() -> optimizer.restore(reshaped, parameters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sgd: no parameter for the saved buffer w of (2)");
    }
  }

  @Test
  void should_leave_no_array_but_its_buffers_behind() {
    NDArray weight = manager.create(new float[] {1, -2, 3});
    int before = TorchEngine.managedArrays();
    try (BoundOptimizer optimizer = new Sgd(0.1, 0.9, 0.01, true, true).start();
        NDManager step = manager.newSubManager()) {
      NDArray gradient = step.ones(new Shape(3));
      for (int i = 0; i < 3; i++) {
        optimizer.step(List.of(new Trainable("w", true, weight, gradient)), 0.1);
      }

      assertThat(TorchEngine.managedArrays()).isEqualTo(before + 2);
    }
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  private List<Trainable> parameters(NDArray weight, float gradient) {
    return List.of(new Trainable("w", true, weight, manager.full(weight.getShape(), gradient)));
  }

  @Test
  void should_name_rule_and_value_if_a_number_is_out_of_range() {
    refuses(() -> new Sgd(0, 0.9, 0, false, true), "learningRate: expected > 0, is 0.0");
    refuses(() -> new Sgd(Double.NaN, 0.9, 0, false, true), "learningRate: expected > 0, is NaN");
    refuses(() -> new Sgd(0.1, 1, 0, false, true), "momentum: expected in [0, 1), is 1.0");
    refuses(() -> new Sgd(0.1, 0.9, -1, false, true), "weightDecay: expected >= 0, is -1.0");
    refuses(() -> new Sgd(0.1, 0, 0, true, true), "nesterov: needs momentum > 0, is 0.0");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
