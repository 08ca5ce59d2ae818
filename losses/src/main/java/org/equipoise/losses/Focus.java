package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.equipoise.api.tensor.Scalars;

/** The focal term in a form that neither overflows nor divides zero by zero. */
final class Focus {

  private Focus() {}

  /**
   * Returns (1 - p)^gamma (-log p) for p = sigmoid(-u).
   *
   * <p>With -log p = softplus(u) and log(1 - p) = -softplus(-u), no power of a number that rounds
   * to 0 is taken: its gradient would be infinite for gamma below 1, and NaN after multiplication.
   *
   * @param against u, the log-odds against the true answer, any shape
   * @param gamma &gt;= 0
   * @return same shape
   */
  static NDArray focal(NDArray against, double gamma) {
    NDArray loss = Activation.softPlus(against);
    if (gamma == 0) {
      return loss;
    }
    NDArray logMiss = Activation.softPlus(against.neg()).neg();
    return loss.mul(Scalars.times(logMiss, gamma).exp());
  }

  /** Refuses a gamma out of range. */
  static void requireGamma(double gamma) {
    if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gamma: must be >= 0 and finite, was " + gamma);
    }
  }
}
