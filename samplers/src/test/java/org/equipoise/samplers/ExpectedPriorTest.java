package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.junit.jupiter.api.Test;

/** What a stage draws in all, where its epochs differ. */
class ExpectedPriorTest {

  private static final SamplingContext CONTEXT =
      new SamplingContext(
          LabelIndex.of(new int[] {0, 0, 0, 1}, 2),
          2,
          4,
          OptionalInt.empty(),
          new RandomStreams(1));

  @Test
  void should_be_the_mean_over_the_epochs_of_the_stage() {
    // 0.75 in two epochs, then 0.5 in two.
    assertThat(
            new DeferredResampling(new InstanceBalanced(), new ClassBalanced(), 2)
                .bind(CONTEXT)
                .expectedPrior(4)
                .toArray())
        .containsExactly(new double[] {0.625, 0.375}, within(1e-12));
  }

  @Test
  void should_be_that_of_every_epoch_if_they_are_alike() {
    assertThat(new InstanceBalanced().bind(CONTEXT).expectedPrior(4).toArray())
        .containsExactly(new double[] {0.75, 0.25}, within(1e-12));
  }
}
