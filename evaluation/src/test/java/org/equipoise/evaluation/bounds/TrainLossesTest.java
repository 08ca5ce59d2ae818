package org.equipoise.evaluation.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;

class TrainLossesTest {

  @Test
  void should_sort_losses_by_class() {
    TrainLosses losses = TrainLosses.of(new double[] {0.5, 3, 0.1, 0.5}, new int[] {2, 0, 2, 2}, 3);

    assertThat(losses.counts()).isEqualTo(ClassCounts.of(1, 0, 3));
    assertThat(losses.largest(2)).hasValue(0.5);
    assertThat(losses.largest(1)).isEmpty();
    assertThat(losses.shareAbove(2, 0.3)).hasValue(2.0 / 3);
    // Not above what it equals.
    assertThat(losses.shareAbove(2, 0.5)).hasValue(0);
    assertThat(losses.shareAbove(1, 0)).isEmpty();
  }

  @Test
  void should_compute_the_cross_entropy_of_the_softmax() {
    // Probabilities 3/4 and 1/4.
    float log3 = (float) Math.log(3);
    TrainLosses losses =
        TrainLosses.of(new Predictions(new float[] {log3, 0, log3, 0}, 2, new int[] {0, 1}));

    assertThat(losses.largest(0).orElseThrow()).isCloseTo(Math.log(4.0 / 3), within(1e-7));
    assertThat(losses.largest(1).orElseThrow()).isCloseTo(Math.log(4), within(1e-7));
  }

  @Test
  void should_stay_finite_if_logits_are_extreme() {
    TrainLosses losses =
        TrainLosses.of(new Predictions(new float[] {500, -500, 500, -500}, 2, new int[] {0, 1}));

    assertThat(losses.largest(0)).hasValue(0);
    assertThat(losses.largest(1)).hasValue(1000);
  }

  @Test
  void should_take_an_infinite_loss_for_one_above_every_level() {
    Predictions impossible =
        new Predictions(new float[] {0, Float.NEGATIVE_INFINITY}, 2, new int[] {1});

    assertThat(TrainLosses.of(impossible).shareAbove(1, 1e300)).hasValue(1);
    assertThat(TrainLosses.of(impossible).largest(1))
        .isEqualTo(OptionalDouble.of(Double.POSITIVE_INFINITY));
  }

  @Test
  void should_refuse_what_are_no_losses() {
    assertThatThrownBy(() -> TrainLosses.of(new double[2], new int[1], 2))
        .hasMessage("train losses: 2 losses, but 1 labels");
    assertThatThrownBy(() -> TrainLosses.of(new double[] {Double.NaN}, new int[1], 2))
        .hasMessage("train losses: example 0 has NaN");
    assertThatThrownBy(() -> TrainLosses.of(new double[1], new int[] {2}, 2))
        .hasMessageContaining("label 2 outside 0..1");
    assertThatThrownBy(
            () ->
                TrainLosses.of(
                    new Predictions(new float[] {Float.POSITIVE_INFINITY}, 1, new int[1])))
        .hasMessage("train losses: the largest logit of example 0 must be finite, is Infinity");
  }
}
