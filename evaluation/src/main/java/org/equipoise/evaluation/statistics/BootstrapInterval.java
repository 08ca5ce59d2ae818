package org.equipoise.evaluation.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * The bootstrap's percentile interval of a mean.
 *
 * <p>Over a handful of seeds it is too narrow: resamples of n values have a spread smaller by
 * sqrt((n - 1) / n) than the mean itself, and can never go beyond the values there are.
 *
 * @param sample the values
 * @param level the share of resampled means between the ends, in (0, 1)
 * @param resamples how many resamples there were, &gt;= 1
 * @param low the lower end, in the unit of the values
 * @param high the upper end
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani 1993, An Introduction
 *     to the Bootstrap, chapter 13</a>
 */
public record BootstrapInterval(
    SampleSummary sample, double level, int resamples, double low, double high) {

  /** Checks the ranges. */
  public BootstrapInterval {
    requireRanges(level, resamples);
    if (!(low <= high)) {
      throw new IllegalArgumentException("low: must be <= high, " + high + ", was " + low);
    }
  }

  /**
   * Draws resamples and takes the percentiles of their means.
   *
   * @param values at least one value, all finite; not changed
   * @param level such as 0.95
   * @param resamples such as 10,000
   * @param random where to draw from; the same stream gives the same interval
   * @return the interval
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static BootstrapInterval ofMean(
      double[] values, double level, int resamples, RandomGenerator random) {
    SampleSummary.of(values);
    requireRanges(level, resamples);
    double[] means = new double[resamples];
    for (int r = 0; r < means.length; r++) {
      means[r] = meanOf(values, random.ints(values.length, 0, values.length).toArray());
    }
    return of(values, level, means);
  }

  /** Returns the interval of means that were drawn already, with linear interpolation. */
  static BootstrapInterval of(double[] values, double level, double... means) {
    requireRanges(level, means.length);
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    percentile.setData(means);
    double outside = (1 - level) / 2;
    return new BootstrapInterval(
        SampleSummary.of(values),
        level,
        means.length,
        percentile.evaluate(100 * outside),
        percentile.evaluate(100 * (1 - outside)));
  }

  private static void requireRanges(double level, int resamples) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level: must be in (0, 1), was " + level);
    }
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples: must be >= 1, was " + resamples);
    }
  }

  /** Returns the mean of the values at some places. */
  static double meanOf(double[] values, int... places) {
    return new Mean().evaluate(Arrays.stream(places).mapToDouble(i -> values[i]).toArray());
  }
}
