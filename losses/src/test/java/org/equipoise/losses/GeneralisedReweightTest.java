package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneralisedReweightTest implements SpecContract<ClassWeightingSpec> {

  private static final ClassCounts COUNTS = ClassCounts.of(1_000_000, 300, 7, 1);

  @Override
  public ClassWeightingSpec spec() {
    return new GeneralisedReweight(0.8, WeightNormalisation.EXAMPLE_MEAN);
  }

  @Override
  public String expectedTypeName() {
    return "generalised-reweight";
  }

  @ParameterizedTest
  @EnumSource
  void should_be_inverse_frequency_if_the_exponent_is_one(WeightNormalisation normalisation) {
    assertThat(new GeneralisedReweight(1, normalisation).weights(COUNTS))
        .containsExactly(new InverseFrequency(normalisation).weights(COUNTS), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void should_be_one_each_if_the_exponent_is_zero(WeightNormalisation normalisation) {
    assertThat(new GeneralisedReweight(0, normalisation).weights(COUNTS)).containsOnly(1);
  }

  @Test
  void should_raise_the_prior_to_the_exponent() {
    double[] weights = new GeneralisedReweight(1.2, WeightNormalisation.CLASS_MEAN).weights(COUNTS);

    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      assertThat(weights[c] / weights[3])
          .isEqualTo(Math.pow((double) COUNTS.count(c), -1.2), within(1e-12));
      sum += weights[c];
    }
    assertThat(sum).isEqualTo(4, within(1e-12));
  }

  @Test
  void should_refuse_what_it_cannot_weigh() {
    assertThatThrownBy(() -> new GeneralisedReweight().weights(ClassCounts.of(3, 0)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("generalised-reweight: class 1");
    assertThatThrownBy(() -> new GeneralisedReweight(Double.NaN, WeightNormalisation.CLASS_MEAN))
        .hasMessage("rho: must be finite, was NaN");
  }
}
