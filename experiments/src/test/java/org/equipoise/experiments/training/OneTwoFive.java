package org.equipoise.experiments.training;

import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.stats.ClassCounts;

/** Weights of 1, 2 and 5 for three classes. */
record OneTwoFive() implements ClassWeightingSpec {

  @Override
  public double[] weights(ClassCounts counts) {
    return new double[] {1, 2, 5};
  }
}
