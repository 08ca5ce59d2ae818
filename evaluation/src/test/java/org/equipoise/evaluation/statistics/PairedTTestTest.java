package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PairedTTestTest {

  @Test
  void should_equal_a_case_worked_out_by_hand() {
    // Differences 1, 2, 3: mean 2, standard deviation 1, t = 2 sqrt(3). With two degrees of
    // freedom P(|T| > t) = 1 - t / sqrt(2 + t^2) = 1 - sqrt(12 / 14).
    PairedTTest test = PairedTTest.of(new double[] {2, 4, 6}, new double[] {1, 2, 3});

    assertThat(test.difference()).isEqualTo(SampleSummary.of(1, 2, 3));
    assertThat(test.degreesOfFreedom()).isEqualTo(2);
    assertThat(test.t().orElseThrow()).isCloseTo(2 * Math.sqrt(3), within(1e-12));
    assertThat(test.pTwoSided().orElseThrow()).isCloseTo(1 - Math.sqrt(12.0 / 14), within(1e-12));
  }

  @Test
  void should_change_only_its_sign_if_the_samples_are_exchanged() {
    double[] a = {0.4, 0.1, 0.9, 0.3};
    double[] b = {0.2, 0.5, 0.1, 0.0};

    assertThat(PairedTTest.of(b, a).t().orElseThrow())
        .isEqualTo(-PairedTTest.of(a, b).t().orElseThrow());
    assertThat(PairedTTest.of(b, a).pTwoSided()).isEqualTo(PairedTTest.of(a, b).pTwoSided());
  }

  @Test
  void should_have_no_result_if_all_differences_are_equal() {
    PairedTTest test = PairedTTest.of(new double[] {2, 3}, new double[] {1, 2});

    assertThat(test.t()).isEmpty();
    assertThat(test.pTwoSided()).isEmpty();
  }

  @Test
  void should_refuse_what_are_no_pairs() {
    assertThatThrownBy(() -> PairedTTest.of(new double[2], new double[3]))
        .hasMessage("pairs: must be as many values of both, are 2 and 3");
    assertThatThrownBy(() -> PairedTTest.of(new double[1], new double[1]))
        .hasMessage("pairs: at least 2 are needed, there are 1");
    assertThatThrownBy(() -> PairedTTest.of(new double[2], new double[] {0, Double.NaN}))
        .hasMessage("pairs[1]: must be finite, are 0.0 and NaN");
    assertThatThrownBy(
            () ->
                new PairedTTest(
                    SampleSummary.of(1, 2), OptionalDouble.of(1), OptionalDouble.empty()))
        .hasMessageStartingWith("pTwoSided: must be given if and only if t is");
  }
}
