package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.SortedMap;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Another rule, which is given a second gradient at the very same place.
 *
 * @param base the rule
 */
record StandingAscent(OptimizerSpec base) implements OptimizerSpec {

  @Override
  public double learningRate() {
    return base.learningRate();
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return new StandingAscent(base.withLearningRate(other));
  }

  @Override
  public BoundOptimizer start() {
    BoundOptimizer started = base.start();
    return new BoundOptimizer() {
      @Override
      public boolean ascend(List<Trainable> parameters) {
        return true;
      }

      @Override
      public void step(List<Trainable> parameters, double rate) {
        started.step(parameters, rate);
      }

      @Override
      public SortedMap<String, NDArray> state() {
        return started.state();
      }

      @Override
      public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
        started.restore(saved, parameters);
      }

      @Override
      public void close() {
        started.close();
      }
    };
  }
}
