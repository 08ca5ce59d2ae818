package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A loss that breaks.
 *
 * @param at the evaluation, from 1, at which it does
 * @param value its value then
 */
record BreakingLoss(int at, float value) implements LossSpec {

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new BatchLoss() {
      private int evaluations;

      @Override
      public NDArray evaluate(LossInput in) {
        NDArray sum = in.logits().mul(in.logits()).mean();
        return ++evaluations == at ? sum.add(value) : sum;
      }

      @Override
      public Explanation explain(int classId) {
        return Explanation.of(classId, "Breaks.");
      }
    };
  }
}
