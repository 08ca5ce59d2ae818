package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/** A loss that couples the examples of a batch, and so has one value for all of it. */
public non-sealed interface BatchLoss extends BoundLoss {

  /**
   * Returns the loss of the batch.
   *
   * @param in logits (N, C) and targets; never mutated
   * @return a scalar, in nats, same dtype and manager as the logits
   */
  NDArray evaluate(LossInput in);
}
