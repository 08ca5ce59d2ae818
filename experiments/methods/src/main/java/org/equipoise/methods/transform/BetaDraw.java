package org.equipoise.methods.transform;

import java.util.random.RandomGenerator;

/** Draws from the symmetric Beta distribution. */
final class BetaDraw {

  private BetaDraw() {}

  /**
   * Draws from Beta(alpha, alpha).
   *
   * @param alpha the shape, &gt; 0
   * @return a number in [0, 1]
   */
  static double symmetric(double alpha, RandomGenerator random) {
    // X / (X + Y) of two gammas, from their logarithms: for a small shape both underflow to 0.
    double logX = logGamma(alpha, random);
    double logY = logGamma(alpha, random);
    return 1 / (1 + Math.exp(logY - logX));
  }

  /**
   * Draws the logarithm of a Gamma(shape, 1) variable.
   *
   * @see <a href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang 2000, A Simple Method
   *     for Generating Gamma Variables</a>
   */
  private static double logGamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      return logGamma(shape + 1, random) + Math.log(openUniform(random)) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      if (Math.log(openUniform(random)) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return Math.log(d) + Math.log(v);
      }
    }
  }

  /** Draws from (0, 1]: the logarithm is finite. */
  private static double openUniform(RandomGenerator random) {
    return 1 - random.nextDouble();
  }
}
