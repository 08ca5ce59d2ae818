package org.equipoise.experiments.training;

import org.equipoise.api.Described;
import org.equipoise.api.training.ScheduleSpec;

/** A learning rate that stays. */
@Described(
    summary = "Keeps the learning rate as it is.",
    formula = "factor = 1",
    source = "Equipoise")
public record Constant() implements ScheduleSpec {

  @Override
  public double factor(Progress at) {
    return 1;
  }
}
