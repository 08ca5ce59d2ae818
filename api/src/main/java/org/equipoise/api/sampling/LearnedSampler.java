package org.equipoise.api.sampling;

/**
 * A sampler that learns from training: batch t+1 is not drawn before the update of step t.
 *
 * <p>A batch depends on the seed, the epoch, its place in the epoch and on what was learned until
 * it is drawn, but not on the batches drawn before it: whoever resumes within an epoch restores
 * what was learned, draws those again and throws them away.
 *
 * <p>Not safe for use by several threads.
 */
public non-sealed interface LearnedSampler extends EpochSampler {

  /**
   * Learns from a step.
   *
   * @param step what the step saw; its arrays are closed afterwards
   */
  void update(MetaStep step);

  /**
   * Returns the learned, unnormalised rate of each class.
   *
   * @return a new array, length K, each &gt; 0
   */
  double[] classRates();

  /**
   * Writes down what was learned, for a checkpoint.
   *
   * @return numbers from which {@link #restore} makes an equal sampler, to the bit
   */
  double[] state();

  /**
   * Takes up a state that {@link #state} wrote.
   *
   * @param saved the numbers
   */
  void restore(double[] saved);
}
