package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class EffectiveNumberTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(64, 25, 4);

  @Override
  public EffectiveNumber spec() {
    return new EffectiveNumber(0.99, EffectiveNumberReading.PROPORTIONAL);
  }

  @Override
  public String expectedTypeName() {
    return "effective-number";
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return Stream.concat(
        golden("sampler.effective_number_reweighted", EffectiveNumberReading.REWEIGHTED),
        golden("sampler.effective_number_proportional", EffectiveNumberReading.PROPORTIONAL));
  }

  private static Stream<DynamicNode> golden(String name, EffectiveNumberReading reading) {
    return GoldenFiles.tests(name, golden -> compare(golden, reading));
  }

  private static void compare(GoldenCase golden, EffectiveNumberReading reading) {
    double beta = golden.config().number("beta");
    if (golden.error().equals(Optional.of("BETA_OUT_OF_RANGE"))) {
      golden.assertRefused(
          IllegalArgumentException.class, "beta: ", () -> new EffectiveNumber(beta, reading));
      return;
    }
    SamplerGolden.check(golden, new EffectiveNumber(beta, reading));
  }

  @Test
  void should_go_from_one_end_to_the_other_with_beta() {
    double[] shares = {64.0 / 93, 25.0 / 93, 4.0 / 93};
    double[] equal = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    double nearOne = Math.nextDown(1.0);

    assertThat(probabilities(0, EffectiveNumberReading.REWEIGHTED))
        .containsExactly(shares, within(1e-12));
    assertThat(probabilities(nearOne, EffectiveNumberReading.REWEIGHTED))
        .containsExactly(equal, within(1e-12));
    assertThat(probabilities(0, EffectiveNumberReading.PROPORTIONAL))
        .containsExactly(equal, within(1e-12));
    assertThat(probabilities(nearOne, EffectiveNumberReading.PROPORTIONAL))
        .containsExactly(shares, within(1e-12));
  }

  private static double[] probabilities(double beta, EffectiveNumberReading reading) {
    return new EffectiveNumber(beta, reading)
        .bind(Splits.context(SPLIT, 4, 1))
        .classProbabilities(0);
  }

  @Test
  void should_re_sample_as_the_code_of_ldam_by_default() {
    assertThat(new EffectiveNumber())
        .isEqualTo(new EffectiveNumber(0.9999, EffectiveNumberReading.REWEIGHTED));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void should_refuse_a_beta_out_of_range(double beta) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EffectiveNumber(beta, EffectiveNumberReading.REWEIGHTED))
        .withMessage("beta: must be in [0, 1), was " + beta);
  }
}
