package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;

/**
 * Mean negative logarithm of the probability of the label.
 *
 * <p>Figure: scalar {@code negative-log-likelihood} in nats, at most -log {@code floor}; absent
 * without examples. Probabilities are the softmax of the logits, judged under the class frequencies
 * of the given examples: a model trained for another class prior scores worse for that alone.
 *
 * @param floor the smallest probability that counts as such, in (0, 1): one label that was held
 *     impossible must not hide everything else
 */
@Described(
    summary = "Mean negative logarithm of the probability of the label.",
    formula = "mean over i of -log max(p_i,y_i, floor), p = softmax(z)",
    source = "Standard definition",
    differs = "Training losses use no floor.")
public record NegativeLogLikelihood(double floor) implements ProperScore {

  /** Uses {@code floor} = 1e-12. */
  public NegativeLogLikelihood() {
    this(1e-12);
  }

  /** Checks the range. */
  public NegativeLogLikelihood {
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException("floor: must be in (0, 1), is " + floor);
    }
  }

  @Override
  public double loss(double[] probabilities, int label) {
    return -Math.log(Math.max(probabilities[label], floor));
  }
}
