package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/** Cross-entropy that grows with what was seen so far: wrong as soon as its state is. */
record CountingLoss() implements LossSpec {

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new StatefulLoss<Double>() {
      @Override
      public Double initial() {
        return 0.0;
      }

      @Override
      public NDArray evaluate(Double state, LossInput in) {
        NDArray ids = ((Targets.ClassIds) in.targets()).ids();
        return in.logits().logSoftmax(1).gather(ids.expandDims(1), 1).mean().mul(-1 - 0.1 * state);
      }

      @Override
      public Double advance(Double state, LossInput in) {
        return state + Math.abs(in.logits().mean().getFloat());
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
        return Explanation.of(classId, "Grows with what was seen.");
      }
    };
  }
}
