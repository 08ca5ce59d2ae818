package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;

/** What losses say that they do to logits is what they do. */
class LogitFactsTest {

  /** The loss of logits equals a plain one of logits that were changed as it says. */
  private static void assertSaysWhatItDoes(LossSpec spec, LossSpec plain) {
    Toy.onBatch(
        toy -> {
          BoundLoss loss = spec.bind(TrainStatistics.of(toy.counts()));
          NDArray logits = toy.input().logits();
          NDArray changed = logits.mul(loss.logitScale());
          if (loss.logitShift().isPresent()) {
            changed = changed.add(loss.logitShift().get().beside(logits));
          }
          LossInput in = LossInput.of(changed, toy.input().targets());
          BoundLoss of = plain.bind(TrainStatistics.of(toy.counts()));

          assertThat(values(loss, toy.input())).containsExactly(values(of, in), within(1e-12));
        });
  }

  private static double[] values(BoundLoss loss, LossInput in) {
    return loss instanceof PerExampleLoss perExample
        ? perExample.perExample(in).toDoubleArray()
        : ((BatchLoss) loss).evaluate(in).toDoubleArray();
  }

  @Test
  void should_shift_by_what_is_said() {
    assertSaysWhatItDoes(new BalancedSoftmax(), new CrossEntropy());
    assertSaysWhatItDoes(new BalancedSoftmax(0.25), new CrossEntropy());
    assertSaysWhatItDoes(new Vs(0, 1.25, PriorSource.TRAIN_COUNTS), new CrossEntropy());
    assertSaysWhatItDoes(new BalancedSigmoid(), new FocalSigmoid(OptionalDouble.empty(), 0));
    assertSaysWhatItDoes(
        new RegionLoss(new BalancedSoftmax(), new BackgroundPolicy.None(), CountKind.INSTANCE),
        new CrossEntropy());
  }

  @Test
  void should_scale_by_what_is_said() {
    assertSaysWhatItDoes(new Ldam(0, 30, false), new CrossEntropy());
    assertSaysWhatItDoes(new Ldam(0, 30, true), new CrossEntropy());
  }

  @Test
  void should_shift_by_the_log_prior_in_lade_too() {
    Toy.onBatch(
        toy -> {
          TrainStatistics train = TrainStatistics.of(toy.counts());

          assertThat(new Lade().bind(train).logitShift().orElseThrow().toArray())
              .containsExactly(
                  new BalancedSoftmax().bind(train).logitShift().orElseThrow().toArray(),
                  within(1e-12));
        });
  }

  @Test
  void should_say_nothing_of_background_if_it_has_a_column() {
    Toy.onBatch(
        toy -> {
          TrainStatistics train = TrainStatistics.of(toy.counts());

          assertThat(new RegionLoss().bind(train).logitShift().orElseThrow().classes())
              .isEqualTo(toy.counts().classes());
        });
  }
}
