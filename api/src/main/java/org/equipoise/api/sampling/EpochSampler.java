package org.equipoise.api.sampling;

import java.util.Iterator;

/** A sampler bound to a train split. */
public sealed interface EpochSampler permits StaticSampler, LearnedSampler {

  /**
   * Draws the batches of one epoch.
   *
   * @param epoch the epoch, 0-based
   * @return the examples of each batch, as indices into the train split; each array is the caller's
   */
  Iterator<int[]> batches(int epoch);

  /**
   * Returns how many batches an epoch has.
   *
   * @param epoch the epoch, 0-based
   * @return the number of arrays that {@link #batches} gives, &gt;= 1
   */
  int steps(int epoch);

  /**
   * Returns the expected class distribution of one draw, as the formula gives it.
   *
   * <p>Where examples have several labels or none, it is that of the drawn labels: the labels of a
   * class that a draw brings in expectation, out of all that it brings.
   *
   * @param epoch the epoch, 0-based
   * @return probabilities, length K
   */
  double[] classProbabilities(int epoch);
}
