package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/** A loss with one value per example, so that weighting and reduction are free to choose. */
public non-sealed interface PerExampleLoss extends BoundLoss {

  /**
   * Returns the unreduced loss.
   *
   * @param in logits (N, C) and targets; never mutated
   * @return one value an example, (N), in nats, same dtype and manager as the logits
   */
  NDArray perExample(LossInput in);

  /**
   * Returns the unreduced loss under class weights.
   *
   * <p>By default the loss times the example's weight. A loss whose terms belong to several classes
   * (label smoothing) weights each term by its own class.
   *
   * @param in logits (N, C) and targets; never mutated
   * @param classWeights one weight a class, (C), dtype of the logits
   * @return one weighted value an example, (N)
   */
  default NDArray perExample(LossInput in, NDArray classWeights) {
    return perExample(in).mul(ExampleWeights.of(in, classWeights));
  }
}
