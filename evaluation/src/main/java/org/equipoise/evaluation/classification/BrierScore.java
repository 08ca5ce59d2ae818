package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;

/**
 * Mean squared distance between the predicted probabilities and the one-hot label.
 *
 * <p>Figure: scalar {@code brier-score} in [0, 2]; absent without examples. Probabilities are the
 * softmax of the logits, judged under the class frequencies of the given examples: a model trained
 * for another class prior scores worse for that alone.
 *
 * @see <a href="https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2">Brier 1950,
 *     Verification of Forecasts Expressed in Terms of Probability</a>
 */
@Described(
    summary = "Mean squared distance between the probabilities and the one-hot label.",
    formula = "mean over i of sum_c (p_ic - [c = y_i])^2, p = softmax(z)",
    source = "Brier 1950, Verification of Forecasts Expressed in Terms of Probability",
    differs = "Some code divides by the number of classes; here it does not.")
public record BrierScore() implements ProperScore {

  @Override
  public double loss(double[] probabilities, int label) {
    double loss = 0;
    for (int c = 0; c < probabilities.length; c++) {
      double error = probabilities[c] - (c == label ? 1 : 0);
      loss += error * error;
    }
    return loss;
  }
}
