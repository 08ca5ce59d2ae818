package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/**
 * A loss with running state, such as counts of what was seen so far.
 *
 * <p>The state is a value that the caller holds: evaluating never changes it, and a checkpoint
 * stores it.
 *
 * @param <S> the state; immutable, plain Java arrays inside
 */
public non-sealed interface StatefulLoss<S> extends BoundLoss {

  /**
   * Returns the state before the first step.
   *
   * @return the initial state
   */
  S initial();

  /**
   * Returns the loss of a batch under a state, which stays as it is.
   *
   * @param state the state before this step
   * @param in logits (N, C) and targets; never mutated
   * @return a scalar, in nats, same dtype and manager as the logits
   */
  NDArray evaluate(S state, LossInput in);

  /**
   * Returns the state after a batch.
   *
   * @param state the state before this step
   * @param in the batch that {@link #evaluate} saw
   * @return the next state
   */
  S advance(S state, LossInput in);

  /**
   * Writes a state down, for a checkpoint.
   *
   * @param state any state of this loss
   * @return numbers from which {@link #decode} makes an equal state, to the bit
   */
  double[] encode(S state);

  /**
   * Reads a state that {@link #encode} wrote.
   *
   * @param saved the numbers
   * @return the state
   * @throws IllegalArgumentException if the numbers are not those of a state of this loss
   */
  S decode(double[] saved);
}
