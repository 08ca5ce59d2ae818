package org.equipoise.evaluation.posthoc;

import java.util.Arrays;
import org.equipoise.api.metric.Predictions;

/**
 * Decisions that cost least: of each example, the class with the smallest expected cost.
 *
 * <p>With cost 1 for every mistake the decision is the most probable class. The probabilities must
 * be for the prior of the test set: see {@link LogitAdjustment}. Immutable.
 *
 * @see <a href="https://cseweb.ucsd.edu/~elkan/rescale.pdf">Elkan 2001, The Foundations of
 *     Cost-Sensitive Learning, section 1</a>
 */
public final class CostMatrix {

  private final double[][] costs;

  private CostMatrix(double[][] costs) {
    this.costs = costs;
  }

  /**
   * Returns a matrix of these costs.
   *
   * @param costs (C, C): {@code costs[decided][true]} is what it costs to decide the one class
   *     where the other is true; finite, in any unit; copied
   * @return the matrix
   * @throws IllegalArgumentException if it is empty, not square or not finite
   */
  public static CostMatrix of(double[][] costs) {
    if (costs.length == 0) {
      throw new IllegalArgumentException("costs: at least one class is needed");
    }
    double[][] copy = new double[costs.length][];
    for (int i = 0; i < costs.length; i++) {
      if (costs[i].length != costs.length) {
        throw new IllegalArgumentException(
            "costs: row " + i + " has " + costs[i].length + " of " + costs.length + " numbers");
      }
      for (double cost : costs[i]) {
        if (!Double.isFinite(cost)) {
          throw new IllegalArgumentException("costs: must be finite, row " + i + " has " + cost);
        }
      }
      copy[i] = costs[i].clone();
    }
    return new CostMatrix(copy);
  }

  /**
   * Returns the matrix in which every mistake costs 1.
   *
   * @param classes the number of classes C
   * @return ones but for the diagonal
   */
  public static CostMatrix ofMistakes(int classes) {
    double[][] costs = new double[classes][classes];
    for (int i = 0; i < classes; i++) {
      Arrays.fill(costs[i], 1);
      costs[i][i] = 0;
    }
    return of(costs);
  }

  /**
   * Returns what each decision is expected to cost.
   *
   * @param logits logits of an example, length C, not all negative infinity; not changed
   * @return sum over k of {@code costs[j][k]} softmax(z)_k for each decision j
   */
  public double[] expected(double... logits) {
    requireClasses(logits.length);
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] shares = Arrays.stream(logits).map(z -> Math.exp(z - largest)).toArray();
    double sum = Arrays.stream(shares).sum();
    double[] expected = new double[costs.length];
    for (int j = 0; j < expected.length; j++) {
      for (int k = 0; k < shares.length; k++) {
        expected[j] += costs[j][k] * shares[k] / sum;
      }
    }
    return expected;
  }

  /**
   * Decides for an example.
   *
   * @param logits length C
   * @return the class with the smallest expected cost; of equal ones the lowest
   */
  public int decide(double... logits) {
    double[] expected = expected(logits);
    int best = 0;
    for (int j = 1; j < expected.length; j++) {
      if (expected[j] < expected[best]) {
        best = j;
      }
    }
    return best;
  }

  /**
   * Turns logits into scores by which all metrics of decisions decide as this matrix does.
   *
   * @param predictions logits, (N, C), and labels
   * @return negative expected costs with the same labels; they are no logits: their softmax means
   *     nothing
   */
  public Predictions scores(Predictions predictions) {
    requireClasses(predictions.classes());
    int classes = costs.length;
    float[] scores = new float[predictions.logits().length];
    double[] logits = new double[classes];
    for (int i = 0; i < predictions.size(); i++) {
      for (int c = 0; c < classes; c++) {
        logits[c] = predictions.logits()[i * classes + c];
      }
      double[] expected = expected(logits);
      for (int c = 0; c < classes; c++) {
        scores[i * classes + c] = (float) -expected[c];
      }
    }
    return new Predictions(scores, classes, predictions.labels());
  }

  private void requireClasses(int classes) {
    if (classes != costs.length) {
      throw new IllegalArgumentException(
          "costs: made for " + costs.length + " classes, got " + classes);
    }
  }
}
