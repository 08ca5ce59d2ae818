package org.equipoise.evaluation.statistics;

import java.util.OptionalDouble;
import org.hipparchus.stat.inference.TTest;

/**
 * Student's t-test of whether the mean difference of paired values is 0.
 *
 * <p>It takes the differences for draws from one normal distribution. Over three seeds it has two
 * degrees of freedom: p comes below 0.05 only if the mean difference is 2.5 times its standard
 * deviation.
 *
 * @param difference mean and spread of the differences, of at least two pairs
 * @param t the mean difference over its standard error; empty if all differences are equal, for
 *     then there is no standard error to compare with
 * @param pTwoSided the probability of a |t| at least as large if the mean difference is 0, in [0,
 *     1]; empty if {@code t} is
 */
public record PairedTTest(SampleSummary difference, OptionalDouble t, OptionalDouble pTwoSided) {

  /** Checks that t and p are there together. */
  public PairedTTest {
    if (t.isPresent() != pTwoSided.isPresent()) {
      throw new IllegalArgumentException(
          "pTwoSided: must be given if and only if t is, is " + pTwoSided + " with t = " + t);
    }
  }

  /**
   * Tests two samples, value by value.
   *
   * @param a the values of one arm, such as one figure by seed
   * @param b the values of the other, in the same order
   * @return the test of a - b
   * @throws IllegalArgumentException if the lengths differ, there are fewer than two pairs, or a
   *     value is not finite
   */
  public static PairedTTest of(double[] a, double[] b) {
    double[] differences = Pairs.differences(a, b, 2);
    SampleSummary difference = SampleSummary.of(differences);
    if (difference.standardDeviation().orElseThrow() == 0) {
      return new PairedTTest(difference, OptionalDouble.empty(), OptionalDouble.empty());
    }
    TTest test = new TTest();
    return new PairedTTest(
        difference,
        OptionalDouble.of(test.t(0, differences)),
        OptionalDouble.of(test.tTest(0, differences)));
  }

  /**
   * Returns the degrees of freedom of t.
   *
   * @return the number of pairs less one
   */
  public int degreesOfFreedom() {
    return difference.n() - 1;
  }
}
