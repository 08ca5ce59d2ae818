package org.equipoise.experiments.training.optimizer;

/** What the numbers of an optimizer must be. */
final class Ranges {

  private Ranges() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": expected > 0, is " + value);
    }
  }

  static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": expected >= 0, is " + value);
    }
  }

  /** Checks the share that a moving average keeps. */
  static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": expected in [0, 1), is " + value);
    }
  }
}
