package org.equipoise.api.training;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.equipoise.api.tensor.Scalars;

/**
 * The coming step of stochastic gradient descent for one parameter, as a function of the gradient.
 *
 * <p>The velocity is in units of the gradient, as in PyTorch: V' = momentum V + g + weightDecay W,
 * and W' = W - learningRate V', or with Nesterov W - learningRate (g + weightDecay W + momentum
 * V').
 *
 * @param value the parameter before the step; detached from any gradient, not changed
 * @param velocity its momentum buffer, of the same shape; empty before the first step, which is the
 *     same as zero. Not changed
 * @param learningRate the learning rate of the step, &gt;= 0
 * @param momentum the share of the velocity that is kept, in [0, 1)
 * @param weightDecay the L2 penalty's factor for this parameter, &gt;= 0
 * @param nesterov whether the step looks ahead along the velocity
 */
public record SgdStep(
    NDArray value,
    Optional<NDArray> velocity,
    double learningRate,
    double momentum,
    double weightDecay,
    boolean nesterov) {

  /**
   * Returns where a gradient would lead.
   *
   * @param gradient the gradient, shape and dtype of the value
   * @return the parameter after the step, differentiable with respect to the gradient; in the
   *     value's manager
   */
  public NDArray after(NDArray gradient) {
    double perGradient = learningRate * (nesterov ? 1 + momentum : 1);
    NDArray move = Scalars.times(gradient, perGradient);
    return withoutGradient(perGradient).sub(move);
  }

  /** Returns where velocity and decay alone lead. */
  private NDArray withoutGradient(double perGradient) {
    NDArray decayed = Scalars.times(value, 1 - perGradient * weightDecay);
    if (velocity.isEmpty() || momentum == 0) {
      return decayed;
    }
    double perVelocity = learningRate * momentum * (nesterov ? momentum : 1);
    // The velocity lives longer than the step, and what begins with it would too.
    try (decayed;
        NDArray carried = Scalars.times(velocity.get(), perVelocity)) {
      return decayed.sub(carried);
    }
  }
}
