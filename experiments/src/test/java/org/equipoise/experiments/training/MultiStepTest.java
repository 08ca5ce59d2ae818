package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.api.training.ScheduleSpec.Progress;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class MultiStepTest implements SpecContract<ScheduleSpec> {

  @Override
  public ScheduleSpec spec() {
    return new MultiStep(List.of(2, 3), 0.1, 1, Granularity.STEP);
  }

  @Override
  public String expectedTypeName() {
    return "multi-step";
  }

  // Cao et al. count epochs from 1: epoch <= 5 gives epoch / 5, > 160 gives 0.01, > 180 0.0001.
  @Test
  void should_follow_cao_by_default() {
    MultiStep schedule = new MultiStep();
    int steps = 85;
    for (int epoch = 1; epoch <= 200; epoch++) {
      double expected = epoch <= 5 ? epoch / 5.0 : epoch > 180 ? 0.0001 : epoch > 160 ? 0.01 : 1;
      for (int step : new int[] {0, steps - 1}) {
        assertThat(schedule.factor(new Progress((epoch - 1L) * steps + step, steps, 200)))
            .as("epoch %d, step %d", epoch, step)
            .isCloseTo(expected, within(1e-18));
      }
    }
  }

  @Test
  void should_rise_with_every_step_of_the_warm_up_by_step() {
    MultiStep schedule = new MultiStep(List.of(3), 0.5, 2, Granularity.STEP);
    double[] expected = {0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5};
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.factor(new Progress(step, 2, 4))).isEqualTo(expected[step]);
    }
  }

  @Test
  void should_refuse_what_is_no_schedule() {
    refuses(List.of(3, 3), 0.1, 0, "milestones: expected ascending epochs >= 1, is [3, 3]");
    refuses(List.of(0), 0.1, 0, "milestones: expected ascending epochs >= 1, is [0]");
    refuses(List.of(1), 0, 0, "factor: expected in (0, 1], is 0.0");
    refuses(List.of(1), 1.5, 0, "factor: expected in (0, 1], is 1.5");
    refuses(List.of(1), 0.1, -2, "warmupEpochs: expected >= 0, is -2");
  }

  private static void refuses(List<Integer> milestones, double factor, int warmup, String message) {
    assertThatThrownBy(() -> new MultiStep(milestones, factor, warmup, Granularity.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
