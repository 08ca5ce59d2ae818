package org.equipoise.methods;

import java.util.OptionalDouble;

/** What the settings of a stage keep to, whichever method they belong to. */
final class StageRanges {

  private StageRanges() {}

  /** Checks length and learning rate. */
  static void require(int epochs, OptionalDouble learningRate) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: must be >= 1, was " + epochs);
    }
    if (learningRate.isPresent()
        && !(learningRate.getAsDouble() > 0 && Double.isFinite(learningRate.getAsDouble()))) {
      throw new IllegalArgumentException(
          "learningRate: must be finite and > 0, was " + learningRate.getAsDouble());
    }
  }
}
