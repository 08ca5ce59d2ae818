package org.equipoise.api.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixShareTest {

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void should_be_refused_if_it_is_no_share(double lambda) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MixShare.OfBatch(lambda))
        .withMessage("mixed targets: lambda is " + lambda + "; expected 0..1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MixShare.OfExamples(0, 1, lambda))
        .withMessage("mixed targets: lambda of example 2 is " + lambda + "; expected 0..1");
  }

  @Test
  void should_not_change_with_the_arrays_that_go_in_and_out() {
    double[] given = {0.25, 1};
    MixShare.OfExamples shares = new MixShare.OfExamples(given);
    given[0] = 0;
    shares.lambdas()[1] = 0;

    assertThat(shares.lambdas()).containsExactly(0.25, 1);
  }

  @Test
  void should_be_equal_if_all_shares_are() {
    MixShare.OfExamples shares = new MixShare.OfExamples(0.25, 1);

    assertThat(shares)
        .isEqualTo(new MixShare.OfExamples(0.25, 1))
        .hasSameHashCodeAs(new MixShare.OfExamples(0.25, 1))
        .isNotEqualTo(new MixShare.OfExamples(0.25, 0.5))
        .hasToString("OfExamples[0.25, 1.0]");
  }
}
