package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/** A per-example loss that knows its gradient in closed form, as bi-level methods need it. */
public interface LogitGradient {

  /**
   * Returns d l_i / d z_i for each example i, as ordinary differentiable operations.
   *
   * @param in logits (N, C) and targets; never mutated
   * @return the gradients, (N, C)
   */
  NDArray logitGradient(LossInput in);
}
