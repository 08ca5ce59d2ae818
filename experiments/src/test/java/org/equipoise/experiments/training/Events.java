package org.equipoise.experiments.training;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a listener heard. */
final class Events implements TrainingListener {

  final List<Long> steps = new ArrayList<>();
  final List<EpochSummary> epochs = new ArrayList<>();

  @Override
  public void onStep(String stage, long step, long allSteps) {
    steps.add(step);
  }

  @Override
  public void onEpoch(EpochSummary epoch) {
    epochs.add(epoch);
  }
}
