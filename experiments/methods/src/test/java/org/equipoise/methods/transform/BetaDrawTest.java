package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetaDrawTest {

  private static final long SEED = 20_180_427;
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 1.5, 8})
  void should_have_the_moments_of_the_distribution(double alpha) {
    RandomGenerator random = new SplittableRandom(SEED);
    double[] central = new double[5];
    for (int i = 0; i < DRAWS; i++) {
      double x = BetaDraw.symmetric(alpha, random) - 0.5;
      for (int power = 1; power <= 4; power++) {
        central[power] += Math.pow(x, power) / DRAWS;
      }
    }

    // Variance 1 / (4 (2a + 1)) and fourth central moment 3 / (16 (2a + 1)(2a + 3)); the standard
    // errors of all four averages are below 0.5 / sqrt(draws), so 5 of them are 0.0056.
    double tolerance = 2.5 / Math.sqrt(DRAWS);
    assertThat(central[1]).as("mean, seed %d", SEED).isCloseTo(0, within(tolerance));
    assertThat(central[2])
        .as("variance, seed %d", SEED)
        .isCloseTo(1 / (4 * (2 * alpha + 1)), within(tolerance / 2));
    assertThat(central[3]).as("skewness, seed %d", SEED).isCloseTo(0, within(tolerance / 2));
    assertThat(central[4])
        .as("kurtosis, seed %d", SEED)
        .isCloseTo(3 / (16 * (2 * alpha + 1) * (2 * alpha + 3)), within(tolerance / 4));
  }

  @Test
  void should_be_uniform_if_alpha_is_one() {
    RandomGenerator random = new SplittableRandom(SEED);
    int[] bins = new int[10];
    for (int i = 0; i < DRAWS; i++) {
      bins[Math.min(9, (int) (10 * BetaDraw.symmetric(1, random)))]++;
    }

    double chiSquare = 0;
    for (int bin : bins) {
      chiSquare += Math.pow(bin - DRAWS / 10.0, 2) / (DRAWS / 10.0);
    }
    // The 0.9999 quantile at 9 degrees of freedom.
    assertThat(chiSquare).as("chi-square, seed %d", SEED).isLessThan(33.7);
  }

  @Test
  void should_stay_a_number_if_alpha_is_tiny() {
    RandomGenerator random = new SplittableRandom(SEED);
    for (int i = 0; i < 1000; i++) {
      assertThat(BetaDraw.symmetric(1e-6, random)).isBetween(0.0, 1.0);
    }
  }
}
