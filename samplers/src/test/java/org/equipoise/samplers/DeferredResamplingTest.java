package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.testkit.SamplerContract;
import org.junit.jupiter.api.Test;

class DeferredResamplingTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(70, 25, 5);

  @Override
  public DeferredResampling spec() {
    return new DeferredResampling(new InstanceBalanced(), new ClassBalanced(), 1);
  }

  @Override
  public String expectedTypeName() {
    return "deferred-resampling";
  }

  @Test
  void should_draw_as_each_rule_does_in_its_own_epochs() {
    SamplingContext context = Splits.context(SPLIT, 32, 4);
    EpochSampler sampler = spec().bind(context);
    EpochSampler plain = new InstanceBalanced().bind(context);
    EpochSampler balanced = new ClassBalanced().bind(context);

    assertThat(Splits.draws(sampler, 0)).containsExactly(Splits.draws(plain, 0));
    assertThat(Splits.draws(sampler, 1)).containsExactly(Splits.draws(balanced, 1));
    assertThat(Splits.draws(sampler, 2)).containsExactly(Splits.draws(balanced, 2));
    assertThat(sampler.classProbabilities(0)).containsExactly(plain.classProbabilities(0));
    assertThat(sampler.classProbabilities(1)).containsExactly(balanced.classProbabilities(1));
  }

  @Test
  void should_be_refused_if_the_stage_ends_before_the_second_rule() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DeferredResampling(new InstanceBalanced(), new ClassBalanced(), 3)
                    .bind(Splits.context(SPLIT, 32, 4)))
        .withMessageContaining("startEpoch is 3, but the stage has 3 epochs");
  }

  @Test
  void should_have_the_published_defaults() {
    assertThat(new DeferredResampling())
        .isEqualTo(new DeferredResampling(new InstanceBalanced(), new ClassBalanced(), 160));
  }
}
