package org.equipoise.experiments.training;

import org.equipoise.api.training.ScheduleSpec.Progress;

/** The linear rise of the learning rate over the first epochs. */
final class WarmUp {

  private WarmUp() {}

  static void check(int warmupEpochs) {
    if (warmupEpochs < 0) {
      throw new IllegalArgumentException("warmupEpochs: expected >= 0, is " + warmupEpochs);
    }
  }

  /**
   * Returns the factor of a point of time within the warm-up, reaching 1 in its last step or epoch.
   */
  static double factor(Progress at, int warmupEpochs, Granularity granularity) {
    return granularity == Granularity.EPOCH
        ? (at.epoch() + 1.0) / warmupEpochs
        : (at.step() + 1.0) / ((double) warmupEpochs * at.stepsPerEpoch());
  }
}
