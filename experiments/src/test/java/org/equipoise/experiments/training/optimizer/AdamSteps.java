package org.equipoise.experiments.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.api.training.OptimizerSpec;

/** Three steps of a single weight, from 1, in double: at rate 0.1 twice, then at 0.01. */
final class AdamSteps {

  private static final double[] GRADIENTS = {0.5, -0.25, 1};
  private static final double[] RATES = {0.1, 0.1, 0.01};

  private AdamSteps() {}

  static void assertSteps(NDManager manager, OptimizerSpec rule, double... expected) {
    NDArray weight = manager.create(new double[] {1});
    try (BoundOptimizer optimizer = rule.start()) {
      for (int i = 0; i < expected.length; i++) {
        NDArray gradient = manager.create(new double[] {GRADIENTS[i]});
        optimizer.step(List.of(new Trainable("w", true, weight, gradient)), RATES[i]);

        assertThat(weight.getDouble(0)).as("step %d", i + 1).isCloseTo(expected[i], within(1e-14));
        assertThat(gradient.getDouble(0)).isEqualTo(GRADIENTS[i]);
      }
    }
  }
}
