package org.equipoise.testkit;

/** The chi-square test of goodness of fit. */
final class ChiSquare {

  private static final int ITERATIONS = 10_000;
  private static final double PRECISION = 1e-15;

  private ChiSquare() {}

  /**
   * Returns the p-value of counts under a distribution.
   *
   * @param counts how often each class was seen
   * @param probabilities how likely it is; a class of probability 0 must not have been seen
   * @return in [0, 1]; 0 if an impossible class was seen
   */
  static double goodnessOfFit(long[] counts, double[] probabilities) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double statistic = 0;
    int classes = 0;
    for (int c = 0; c < counts.length; c++) {
      double expected = total * probabilities[c];
      if (expected > 0) {
        statistic += (counts[c] - expected) * (counts[c] - expected) / expected;
        classes++;
      } else if (counts[c] > 0) {
        return 0;
      }
    }
    return classes == 1 ? 1 : upperTail(statistic, classes - 1);
  }

  /** Returns the probability that a chi-square variable is larger than {@code x}. */
  static double upperTail(double x, int degreesOfFreedom) {
    return x <= 0 ? 1 : upperIncompleteGamma(degreesOfFreedom / 2.0, x / 2);
  }

  // Q(a, x), by the power series of P where that converges fast, else by the continued fraction.
  private static double upperIncompleteGamma(double a, double x) {
    double front = Math.exp(a * Math.log(x) - x - logGammaOfHalves(a));
    return x < a + 1 ? 1 - front * series(a, x) : front * continuedFraction(a, x);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < ITERATIONS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  // Modified Lentz's method.
  private static double continuedFraction(double a, double x) {
    double tiny = Double.MIN_NORMAL;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double value = d;
    for (int n = 1; n < ITERATIONS; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / nonZero(numerator * d + b, tiny);
      c = nonZero(b + numerator / c, tiny);
      double factor = c * d;
      value *= factor;
      if (Math.abs(factor - 1) < PRECISION) {
        break;
      }
    }
    return value;
  }

  private static double nonZero(double value, double tiny) {
    return Math.abs(value) < tiny ? tiny : value;
  }

  // Exact for a = 1/2, 1, 3/2, ...: Gamma(a + 1) = a Gamma(a), from sqrt(pi) or 1.
  private static double logGammaOfHalves(double a) {
    double log = a == Math.rint(a) ? 0 : Math.log(Math.PI) / 2;
    for (double s = a == Math.rint(a) ? 1 : 0.5; s < a; s++) {
      log += Math.log(s);
    }
    return log;
  }
}
