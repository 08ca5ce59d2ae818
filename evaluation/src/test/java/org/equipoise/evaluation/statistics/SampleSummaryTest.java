package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SampleSummaryTest {

  @Test
  void should_divide_by_n_minus_one() {
    SampleSummary summary = SampleSummary.of(2, 4, 4, 4, 5, 5, 7, 9);

    assertThat(summary.n()).isEqualTo(8);
    assertThat(summary.mean()).isEqualTo(5);
    assertThat(summary.standardDeviation().orElseThrow())
        .isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
  }

  @Test
  void should_keep_its_digits_if_the_values_are_far_from_zero() {
    SampleSummary summary = SampleSummary.of(1e9 + 1, 1e9 + 2, 1e9 + 3);

    assertThat(summary.standardDeviation().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void should_have_no_spread_if_there_is_one_value() {
    assertThat(SampleSummary.of(0.7)).isEqualTo(new SampleSummary(1, 0.7, OptionalDouble.empty()));
  }

  @Test
  void should_refuse_what_is_no_sample() {
    assertThatThrownBy(SampleSummary::of).hasMessage("n: must be >= 1, is 0");
    assertThatThrownBy(() -> SampleSummary.of(1, Double.NaN))
        .hasMessage("values[1]: must be finite, is NaN");
    assertThatThrownBy(() -> new SampleSummary(2, 0, OptionalDouble.empty()))
        .hasMessageStartingWith("standardDeviation: must be given if and only if n > 1");
  }
}
