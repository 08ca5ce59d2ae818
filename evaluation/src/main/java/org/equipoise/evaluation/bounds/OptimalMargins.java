package org.equipoise.evaluation.bounds;

import java.util.Arrays;
import org.equipoise.api.stats.ClassCounts;

/**
 * The margins that share out a budget best: wide for rare classes.
 *
 * <p>gamma*_j = beta n_j^(-1/4) / sum over i of n_i^(-1/4) is where the {@link RelativeMarginTerm}
 * is smallest among all margins of sum beta. The exponent 1/4 is heuristic: it comes from a bound
 * whose constants are hidden, and a margin in the loss does not make that margin on the data. Taken
 * literally it gives the logits z_j + (1/4) log n_j (the paper's equation 10, {@code
 * balanced-softmax} with {@code tau: 0.25}), which did not do better than exponent 1 (its equation
 * 4, {@code tau: 1}): use that to train.
 *
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, corollary
 *     2.1</a>
 */
public final class OptimalMargins {

  private OptimalMargins() {}

  /**
   * Shares out a budget.
   *
   * @param counts the training examples of each class, none 0
   * @param beta the sum of the margins, &gt; 0 and finite
   * @return one margin a class, &gt; 0, in the unit of the budget
   * @throws org.equipoise.api.stats.EmptyClassException if a count is 0: its margin would take the
   *     whole budget
   * @throws IllegalArgumentException if beta is out of range
   */
  public static double[] of(ClassCounts counts, double beta) {
    counts.requireNoEmptyClass("optimal margins");
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta: must be > 0 and finite, was " + beta);
    }
    double[] parts =
        Arrays.stream(counts.toArray()).mapToDouble(n -> Math.pow((double) n, -0.25)).toArray();
    double sum = Arrays.stream(parts).sum();
    return Arrays.stream(parts).map(part -> beta * part / sum).toArray();
  }
}
