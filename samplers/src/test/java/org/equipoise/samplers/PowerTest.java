package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class PowerTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(64, 25, 4);

  @Override
  public Power spec() {
    return new Power(0.25);
  }

  @Override
  public String expectedTypeName() {
    return "power";
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests(
        "sampler.power",
        golden -> SamplerGolden.check(golden, new Power(golden.config().number("power"))));
  }

  @Test
  void should_draw_by_the_square_root_of_the_counts_by_default() {
    // GIVEN 300,000 draws of classes with the roots 8, 5 and 2
    EpochSampler sampler = new Power().bind(Splits.context(SPLIT, 1000, 300, 5));
    int[] seen = new int[3];
    for (int example : Splits.draws(sampler, 0)) {
      seen[SPLIT.labelsOf(example)[0]]++;
    }
    // THEN they come up in these proportions, within 5 sd
    double[] shares = {8 / 15.0, 5 / 15.0, 2 / 15.0};
    for (int c = 0; c < 3; c++) {
      double sd = Math.sqrt(300_000 * shares[c] * (1 - shares[c]));
      assertThat(Math.abs(seen[c] - 300_000 * shares[c])).as("class %d", c).isLessThan(5 * sd);
    }
  }

  @Test
  void should_be_class_balanced_at_zero_and_keep_the_shares_at_one() {
    assertThat(new Power(0).bind(Splits.context(SPLIT, 4, 1)).classProbabilities(0))
        .containsOnly(1.0 / 3);
    assertThat(new Power(1).bind(Splits.context(SPLIT, 4, 1)).classProbabilities(0))
        .containsExactly(64.0 / 93, 25.0 / 93, 4.0 / 93);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void should_refuse_a_power_out_of_range(double power) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Power(power))
        .withMessage("power: must be in [0, 1], was " + power);
  }

  /** Pinned: other draws would silently change every result that is already recorded. */
  @Test
  void should_draw_what_it_always_drew() {
    EpochSampler sampler = new Power().bind(Splits.context(SPLIT, 12, 1, 42));

    assertThat(Splits.draws(sampler, 3))
        .containsExactly(79, 79, 22, 32, 70, 62, 81, 55, 41, 2, 14, 0);
  }
}
