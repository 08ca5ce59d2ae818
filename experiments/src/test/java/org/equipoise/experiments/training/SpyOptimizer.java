package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Writes down that weights would change.
 *
 * @param events where to
 */
record SpyOptimizer(List<String> events) implements OptimizerSpec {

  @Override
  public double learningRate() {
    return 1;
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return this;
  }

  @Override
  public BoundOptimizer start() {
    return new BoundOptimizer() {
      @Override
      public void step(List<Trainable> parameters, double rate) {
        events.add("change");
      }

      @Override
      public SortedMap<String, NDArray> state() {
        return Collections.emptySortedMap();
      }

      @Override
      public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {}

      @Override
      public void close() {}
    };
  }
}
