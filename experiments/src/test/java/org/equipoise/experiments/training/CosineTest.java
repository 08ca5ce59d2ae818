package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.api.training.ScheduleSpec.Progress;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class CosineTest implements SpecContract<ScheduleSpec> {

  @Override
  public ScheduleSpec spec() {
    return new Cosine(3, Granularity.EPOCH, 0.5);
  }

  @Override
  public String expectedTypeName() {
    return "cosine";
  }

  @Test
  void should_move_by_step_without_warm_up_by_default() {
    assertThat(new Cosine()).isEqualTo(new Cosine(0, Granularity.STEP, 0));
  }

  // cos(0) = 1, cos(pi/4) = sqrt(1/2), cos(pi/2) = 0, cos(3 pi/4) = -sqrt(1/2)
  @Test
  void should_follow_half_a_cosine_by_step() {
    Cosine cosine = new Cosine();
    double root = Math.sqrt(0.5);

    assertFactors(cosine, 4, 2, 0, 1, 2, (1 + root) / 2, 4, 0.5, 6, (1 - root) / 2);
    assertThat(cosine.factor(new Progress(7, 4, 2)))
        .isCloseTo((1 + Math.cos(Math.PI * 7 / 8)) / 2, within(1e-15))
        .isPositive();
  }

  @Test
  void should_hold_the_rate_within_an_epoch_by_epoch() {
    assertFactors(new Cosine(0, Granularity.EPOCH), 4, 2, 0, 1, 1, 1, 3, 1, 4, 0.5, 7, 0.5);
  }

  // Two warm-up epochs of 2 steps rise by a quarter each; then half a cosine over two epochs.
  @Test
  void should_reach_1_in_the_last_step_of_the_warm_up_and_start_the_cosine_at_1() {
    double root = Math.sqrt(0.5);
    assertFactors(
        new Cosine(2, Granularity.STEP),
        2,
        4,
        0,
        0.25,
        1,
        0.5,
        2,
        0.75,
        3,
        1,
        4,
        1,
        5,
        (1 + root) / 2,
        6,
        0.5);
  }

  @Test
  void should_reach_1_in_the_last_epoch_of_the_warm_up_by_epoch() {
    assertFactors(new Cosine(2, Granularity.EPOCH), 2, 4, 0, 0.5, 1, 0.5, 2, 1, 3, 1, 4, 1, 6, 0.5);
  }

  // From a half: a quarter more after the first of two warm-up epochs.
  @Test
  void should_rise_from_the_start_of_the_warm_up_if_there_is_one() {
    assertFactors(new Cosine(2, Granularity.EPOCH, 0.5), 2, 4, 0, 0.75, 1, 0.75, 2, 1, 4, 1);
    assertFactors(new Cosine(1, Granularity.STEP, 0.2), 2, 3, 0, 0.6, 1, 1, 2, 1);
  }

  private static void assertFactors(
      Cosine cosine, int stepsPerEpoch, int epochs, double... stepsAndFactors) {
    for (int i = 0; i < stepsAndFactors.length; i += 2) {
      long step = (long) stepsAndFactors[i];
      assertThat(cosine.factor(new Progress(step, stepsPerEpoch, epochs)))
          .as("step %d", step)
          .isCloseTo(stepsAndFactors[i + 1], within(1e-15));
    }
  }

  @Test
  void should_refuse_a_negative_warm_up() {
    assertThatThrownBy(() -> new Cosine(-1, Granularity.STEP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warmupEpochs: expected >= 0, is -1");
  }

  @Test
  void should_refuse_a_warm_up_that_starts_at_its_end() {
    assertThatThrownBy(() -> new Cosine(1, Granularity.STEP, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warmupStart: expected in [0, 1), is 1.0");
  }
}
