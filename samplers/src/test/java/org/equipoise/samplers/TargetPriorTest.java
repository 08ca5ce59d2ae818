package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class TargetPriorTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(70, 25, 0, 5);

  @Override
  public TargetPrior spec() {
    return new TargetPrior(List.of(0.1, 0.0, 0.2, 0.3, 0.4));
  }

  @Override
  public String expectedTypeName() {
    return "target-prior";
  }

  @Test
  void should_expect_what_is_given() {
    EpochSampler sampler =
        new TargetPrior(List.of(0.5, 0.25, 0.0, 0.25)).bind(Splits.context(SPLIT, 4, 1));

    assertThat(sampler.classProbabilities(0)).containsExactly(0.5, 0.25, 0, 0.25);
  }

  @Test
  void should_scale_shares_that_are_typed_short() {
    EpochSampler sampler =
        new TargetPrior(List.of(0.3333333, 0.3333333, 0.0, 0.3333333))
            .bind(Splits.context(SPLIT, 4, 1));

    assertThat(sampler.classProbabilities(0))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 0, 1 / 3.0}, within(1e-15));
  }

  @Test
  void should_never_draw_a_class_of_probability_zero() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("priors");
          for (int round = 0; round < 2_000; round++) {
            double[] weights = random.doubles(2 + random.nextInt(9)).toArray();
            int impossible = random.nextInt(weights.length);
            weights[impossible] = 0;
            WeightedClasses law = new WeightedClasses(weights);

            assertThat(law.probabilities()[impossible]).isZero();
            var draws = law.draws(streams.stream("draws/" + round));
            for (int draw = 0; draw < 200; draw++) {
              assertThat(draws.getAsInt()).isNotEqualTo(impossible);
            }
          }
        });
  }

  @Test
  void should_refuse_what_is_no_distribution() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetPrior(List.of(0.5, 0.4)))
        .withMessage("prior: must sum to 1, sums to 0.9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetPrior(List.of(1.5, -0.5)))
        .withMessage("prior: each must be >= 0, was -0.5 for class 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetPrior(List.of(1.0, Double.NaN)));
  }

  @Test
  void should_refuse_a_split_of_other_classes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetPrior(List.of(0.5, 0.5)).bind(Splits.context(SPLIT, 4, 1)))
        .withMessage("target-prior: prior has 2 probabilities; expected one for each of 4 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetPrior().bind(Splits.context(SPLIT, 4, 1)))
        .withMessageContaining("prior has 0 probabilities");
  }

  @Test
  void should_refuse_to_draw_from_an_empty_class() {
    assertThatThrownBy(
            () -> new TargetPrior(List.of(0.5, 0.25, 0.25, 0.0)).bind(Splits.context(SPLIT, 4, 1)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("target-prior: class 2");
  }
}
