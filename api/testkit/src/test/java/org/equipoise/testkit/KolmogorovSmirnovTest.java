package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KolmogorovSmirnovTest {

  // One-sided critical values as every table has them, to five digits.
  @ParameterizedTest
  @CsvSource({
    "5, 0.50945, 0.05",
    "10, 0.36866, 0.05",
    "10, 0.45662, 0.01",
    "20, 0.26473, 0.05",
    "40, 0.18913, 0.05"
  })
  void should_match_tables(int n, double d, double tail) {
    assertThat(KolmogorovSmirnov.oneSided(d, n)).isEqualTo(tail, within(2e-5));
  }

  @Test
  void should_be_exact_for_one_and_two_numbers() {
    // One number is below 1 - d. Of two, both are, or one alone and the other below 1/2 - d.
    assertThat(KolmogorovSmirnov.oneSided(0.3, 1)).isEqualTo(0.7, within(1e-15));
    assertThat(KolmogorovSmirnov.oneSided(0.2, 2)).isEqualTo(0.64 + 0.4 * 0.3, within(1e-15));
    assertThat(KolmogorovSmirnov.oneSided(0.6, 2)).isEqualTo(0.16, within(1e-15));
    assertThat(KolmogorovSmirnov.oneSided(0, 7)).isEqualTo(1);
    assertThat(KolmogorovSmirnov.oneSided(1, 7)).isZero();
  }

  @Test
  void should_be_small_if_numbers_gather_at_either_end() {
    double[] even = new double[20];
    Arrays.setAll(even, i -> (i + 0.5) / 20);
    double[] high = Arrays.stream(even).map(x -> 1 - x / 20).toArray();
    double[] low = Arrays.stream(even).map(x -> x / 20).toArray();

    assertThat(KolmogorovSmirnov.uniform(even)).isEqualTo(1);
    assertThat(KolmogorovSmirnov.uniform(high)).isLessThan(1e-15);
    assertThat(KolmogorovSmirnov.uniform(low)).isLessThan(1e-15);
  }
}
