package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/** The number of steps before this one, whatever the batch. */
record StepNumberLoss() implements LossSpec {

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new StatefulLoss<Double>() {
      @Override
      public Double initial() {
        return 0.0;
      }

      @Override
      public NDArray evaluate(Double state, LossInput in) {
        return Scalars.times(in.logits().sum(), 0).add(state);
      }

      @Override
      public Double advance(Double state, LossInput in) {
        return state + 1;
      }

      @Override
      public double[] encode(Double state) {
        return new double[] {state};
      }

      @Override
      public Double decode(double[] saved) {
        return saved[0];
      }

      @Override
      public Explanation explain(int classId) {
        return Explanation.of(classId, "Counts steps.");
      }
    };
  }
}
