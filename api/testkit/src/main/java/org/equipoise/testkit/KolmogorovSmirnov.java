package org.equipoise.testkit;

import java.util.Arrays;

/** The Kolmogorov-Smirnov test of numbers that should be uniform on [0, 1]. */
final class KolmogorovSmirnov {

  private KolmogorovSmirnov() {}

  /**
   * Returns a p-value that is never too small: twice that of the one-sided test which looks worse.
   *
   * @param numbers in [0, 1], at least one; not changed
   * @return in [0, 1]
   */
  static double uniform(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double above = (i + 1.0) / sorted.length - sorted[i];
      double below = sorted[i] - (double) i / sorted.length;
      largest = Math.max(largest, Math.max(above, below));
    }
    return Math.min(1, 2 * oneSided(largest, sorted.length));
  }

  /**
   * Returns the probability that the empirical distribution of n uniform numbers lies above the
   * uniform one by {@code d} or more somewhere.
   *
   * @see <a href="https://doi.org/10.1214/aoms/1177729550">Birnbaum and Tingey 1951, One-sided
   *     Confidence Contours for Probability Distribution Functions, equation 3.0</a>
   */
  static double oneSided(double d, int n) {
    double sum = 0;
    double logChoose = 0;
    for (int j = 0; j <= n && 1 - d - (double) j / n > 0; j++) {
      double at = (double) j / n;
      sum += Math.exp(logChoose + (n - j) * Math.log(1 - d - at) + (j - 1) * Math.log(d + at));
      logChoose += Math.log((double) (n - j) / (j + 1));
    }
    return d <= 0 ? 1 : d * sum;
  }
}
