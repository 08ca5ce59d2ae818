package org.equipoise.api.sampling;

import java.util.Iterator;
import org.equipoise.api.stats.ClassPrior;

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

  /**
   * Returns the expected class distribution of one draw, on average over the epochs of a stage.
   *
   * @param epochs the length of the stage, &gt;= 1
   * @return the mean of {@link #classProbabilities}; of a sampler that learns, as far as it has
   */
  default ClassPrior expectedPrior(int epochs) {
    double[] mean = new double[classProbabilities(0).length];
    for (int epoch = 0; epoch < epochs; epoch++) {
      double[] probabilities = classProbabilities(epoch);
      for (int c = 0; c < mean.length; c++) {
        mean[c] += probabilities[c] / epochs;
      }
    }
    return ClassPrior.of(mean);
  }
}
