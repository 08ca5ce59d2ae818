package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class ConstantTest implements SpecContract<ScheduleSpec> {

  @Override
  public ScheduleSpec spec() {
    return new Constant();
  }

  @Override
  public String expectedTypeName() {
    return "constant";
  }

  @Test
  void should_stay_at_1() {
    assertThat(new Constant().factor(new ScheduleSpec.Progress(0, 3, 2))).isEqualTo(1);
    assertThat(new Constant().factor(new ScheduleSpec.Progress(5, 3, 2))).isEqualTo(1);
  }
}
