package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {

  // Upper quantiles as every table has them.
  @ParameterizedTest
  @CsvSource({
    "1, 3.841458820694124, 0.05",
    "2, 5.991464547107979, 0.05",
    "4, 9.487729036781154, 0.05",
    "4, 0.7107230213973241, 0.95",
    "9, 21.665994333461924, 0.01",
    "99, 148.23035870105, 0.001"
  })
  void should_match_tables(int degreesOfFreedom, double quantile, double tail) {
    assertThat(ChiSquare.upperTail(quantile, degreesOfFreedom)).isEqualTo(tail, within(1e-9));
  }

  @Test
  void should_give_one_if_counts_are_as_expected() {
    assertThat(ChiSquare.goodnessOfFit(new long[] {10, 30}, new double[] {0.25, 0.75}))
        .isEqualTo(1);
  }

  @Test
  void should_give_zero_if_the_impossible_was_seen() {
    assertThat(ChiSquare.goodnessOfFit(new long[] {10, 1}, new double[] {1, 0})).isZero();
  }

  @Test
  void should_be_small_if_counts_are_off() {
    assertThat(ChiSquare.goodnessOfFit(new long[] {600, 400}, new double[] {0.5, 0.5}))
        .isLessThan(1e-8);
  }
}
