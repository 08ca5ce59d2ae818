package org.equipoise.evaluation.statistics;

import java.util.Arrays;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test of whether paired differences are symmetric about 0, with the exact
 * probability.
 *
 * <p>Differences of 0 are left out. Equal absolute differences share the mean of their ranks, and
 * the probability is over the signs of these very ranks, so it is exact with ties too. The smallest
 * p of n differences is 2 / 2^n: below 0.05 from six on.
 *
 * @param differences the number of differences that are not 0
 * @param zeros the number of those that are
 * @param wPlus the sum of the ranks of positive differences, &gt;= 0
 * @param wMinus the sum of the ranks of negative differences, &gt;= 0
 * @param pTwoSided min(1, 2 P(W &lt;= min(wPlus, wMinus))) where each of the 2^n patterns of signs
 *     is as likely, in (0, 1]; 1 if all differences are 0
 * @see <a href="https://doi.org/10.2307/3001968">Wilcoxon 1945, Individual Comparisons by Ranking
 *     Methods</a>
 */
public record WilcoxonSignedRankTest(
    int differences, int zeros, double wPlus, double wMinus, double pTwoSided) {

  /**
   * Tests two samples, value by value.
   *
   * @param a the values of one arm, such as one figure by seed
   * @param b the values of the other, in the same order
   * @return the test of a - b; takes time of the order of n^3
   * @throws IllegalArgumentException if the lengths differ, there is no pair, or a value is not
   *     finite
   */
  public static WilcoxonSignedRankTest of(double[] a, double[] b) {
    double[] all = Pairs.differences(a, b, 1);
    double[] differences = Arrays.stream(all).filter(d -> d != 0).toArray();
    double[] ranks = ranks(differences);
    double plus = 0;
    double minus = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (differences[i] > 0) {
        plus += ranks[i];
      } else {
        minus += ranks[i];
      }
    }
    double p = Math.min(1, 2 * probabilityUpTo(Math.min(plus, minus), ranks));
    return new WilcoxonSignedRankTest(
        differences.length, all.length - differences.length, plus, minus, p);
  }

  /**
   * Returns the smaller of the two rank sums.
   *
   * @return the test's statistic
   */
  public double statistic() {
    return Math.min(wPlus, wMinus);
  }

  private static double[] ranks(double... differences) {
    if (differences.length == 0) {
      return differences;
    }
    return new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE)
        .rank(Arrays.stream(differences).map(Math::abs).toArray());
  }

  /** Adds one rank after the other to the distribution of the sum, with probability 1/2 each. */
  private static double probabilityUpTo(double sum, double... ranks) {
    // Shared ranks end in one half, so twice each is an integer.
    int limit = (int) Math.rint(2 * sum);
    double[] probability = new double[limit + 1];
    probability[0] = 1;
    for (double rank : ranks) {
      int step = (int) Math.rint(2 * rank);
      for (int s = limit; s >= 0; s--) {
        probability[s] = (probability[s] + (s >= step ? probability[s - step] : 0)) / 2;
      }
    }
    return Arrays.stream(probability).sum();
  }
}
