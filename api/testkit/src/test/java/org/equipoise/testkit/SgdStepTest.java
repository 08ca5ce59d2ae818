package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.equipoise.api.training.SgdStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SgdStepTest {

  private static final double RATE = 0.1;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.01;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void should_step_as_pytorch_does(boolean nesterov) {
    try (NDManager manager = NDManager.newBaseManager()) {
      double value = 3;
      double velocity = 5;
      double gradient = 7;

      NDArray after = step(manager, value, velocity, nesterov).after(one(manager, gradient));

      double penalised = gradient + DECAY * value;
      double moving = MOMENTUM * velocity + penalised;
      double way = nesterov ? penalised + MOMENTUM * moving : moving;
      assertThat(after.toDoubleArray())
          .containsExactly(new double[] {value - RATE * way}, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void should_have_the_same_gradient_if_garbage_is_collected_before(boolean nesterov) {
    try (NDManager manager = NDManager.newBaseManager()) {
      SgdStep step = step(manager, 3, 5, nesterov);
      double expected = -RATE * (nesterov ? 1 + MOMENTUM : 1);

      assertThat(
              Garbage.gradientAfterwards(one(manager, 7), gradient -> step.after(gradient).sum()))
          .containsExactly(new double[] {expected}, within(1e-12));
    }
  }

  private static SgdStep step(NDManager manager, double value, double velocity, boolean nesterov) {
    return new SgdStep(
        one(manager, value), Optional.of(one(manager, velocity)), RATE, MOMENTUM, DECAY, nesterov);
  }

  private static NDArray one(NDManager manager, double value) {
    return manager.create(new double[] {value});
  }
}
