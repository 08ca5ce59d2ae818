package org.equipoise.evaluation.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's adjustment of the p-values of several tests.
 *
 * <p>Rejecting where the adjusted value is at most alpha makes the probability of any false
 * rejection among all the tests at most alpha, whatever the dependence between them. The family is
 * all comparisons that were looked at, not those that are reported.
 *
 * @param adjusted the adjusted p-values in the order given, in [0, 1], each at least the given one
 * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979, A Simple Sequentially Rejective
 *     Multiple Test Procedure</a>
 */
public record HolmAdjustment(List<Double> adjusted) {

  /** Copies the values. */
  public HolmAdjustment {
    adjusted = List.copyOf(adjusted);
  }

  /**
   * Adjusts p-values: of the sorted ones, the j-th of m is the largest of (m - i + 1) p_i over i
   * &lt;= j, at most 1.
   *
   * @param pValues in [0, 1]; may be none; not changed
   * @return the adjustment
   * @throws IllegalArgumentException if a value is out of range
   */
  public static HolmAdjustment of(double... pValues) {
    for (int i = 0; i < pValues.length; i++) {
      if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
        throw new IllegalArgumentException(
            "pValues[" + i + "]: must be in [0, 1], is " + pValues[i]);
      }
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int j = 0; j < ascending.length; j++) {
      int i = ascending[j];
      largest = Math.max(largest, Math.min(1, (pValues.length - j) * pValues[i]));
      adjusted[i] = largest;
    }
    return new HolmAdjustment(Arrays.stream(adjusted).boxed().toList());
  }

  /**
   * Returns which hypotheses are rejected.
   *
   * @param alpha the largest probability of a false rejection that is put up with, in (0, 1)
   * @return true where the adjusted p-value is at most alpha, in the order given
   * @throws IllegalArgumentException if alpha is out of range
   */
  public List<Boolean> rejected(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha: must be in (0, 1), was " + alpha);
    }
    return adjusted.stream().map(p -> p <= alpha).toList();
  }
}
