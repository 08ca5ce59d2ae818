package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.training.BoundOptimizer.Trainable;

/**
 * Which parameters are decayed, and how much.
 *
 * @param factor the factor, &gt;= 0
 * @param biasAndNorm whether biases and the scales and shifts of normalisations are decayed too
 */
record WeightDecay(double factor, boolean biasAndNorm) {

  /** Returns the factor of one parameter; 0 if it is left out. */
  double of(Trainable parameter) {
    return biasAndNorm || parameter.decayed() ? factor : 0;
  }

  /** Returns gradient + factor x value: the gradient of the L2 penalty included; the caller's. */
  NDArray penalised(Trainable parameter) {
    if (of(parameter) == 0) {
      return parameter.gradient().duplicate();
    }
    try (NDArray decay = parameter.value().mul(of(parameter))) {
      return parameter.gradient().add(decay);
    }
  }
}
