package org.equipoise.evaluation.statistics;

import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;

/**
 * Mean and spread of a sample, such as one figure over the seeds of an arm.
 *
 * @param n the sample's size, &gt;= 1
 * @param mean the arithmetic mean, in the unit of the values
 * @param standardDeviation the sample standard deviation (n - 1 in the denominator), in the unit of
 *     the values; empty if n is 1, for one value says nothing about spread
 */
public record SampleSummary(int n, double mean, OptionalDouble standardDeviation) {

  /** Checks that a spread is given exactly where there is one. */
  public SampleSummary {
    if (n < 1) {
      throw new IllegalArgumentException("n: must be >= 1, is " + n);
    }
    if (standardDeviation.isPresent() != n > 1) {
      throw new IllegalArgumentException(
          "standardDeviation: must be given if and only if n > 1, is "
              + standardDeviation
              + " with n = "
              + n);
    }
  }

  /**
   * Summarises a sample.
   *
   * @param values at least one value, all finite
   * @return the summary
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static SampleSummary of(double... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("values[" + i + "]: must be finite, is " + values[i]);
      }
    }
    return new SampleSummary(
        values.length,
        new Mean().evaluate(values),
        values.length > 1
            ? OptionalDouble.of(new StandardDeviation().evaluate(values))
            : OptionalDouble.empty());
  }
}
