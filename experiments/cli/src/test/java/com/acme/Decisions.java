package com.acme;

import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.evaluation.posthoc.CostMatrix;
import org.equipoise.evaluation.posthoc.LogitAdjustment;

public final class Decisions {

  private Decisions() {}

  /** For a test set of as many examples of every class. */
  public static Predictions balanced(Predictions softmax, ClassCounts train) {
    return LogitAdjustment.toBalance(train, 1).apply(softmax);
  }

  /** For a test set in which each class has the given share. */
  public static Predictions forShares(Predictions softmax, ClassCounts train, double... shares) {
    return LogitAdjustment.toBalance(train, 1).then(LogitAdjustment.toPrior(shares)).apply(softmax);
  }

  /** For costs[decided][true]; the logits must be for the prior of the test set. */
  public static Predictions cheapest(Predictions forTest, double[][] costs) {
    return CostMatrix.of(costs).scores(forTest);
  }
}
