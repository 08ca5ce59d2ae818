package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.equipoise.api.training.BoundOptimizer;

/** {@link Sam} at work: between two steps it holds nothing, so its state is the base rule's. */
final class WorstNearby implements BoundOptimizer {

  private final double rho;
  private final BoundOptimizer base;
  // Copies, not the way back: w + e - e is not w to the bit.
  private final Map<String, NDArray> home = new LinkedHashMap<>();

  WorstNearby(double rho, BoundOptimizer base) {
    this.rho = rho;
    this.base = base;
  }

  @Override
  public boolean ascend(List<Trainable> parameters) {
    double norm = GradientNorm.of(parameters);
    if (norm == 0) {
      // No way leads up.
      return false;
    }
    for (Trainable parameter : parameters) {
      home.put(parameter.name(), parameter.value().duplicate());
      try (NDArray way = parameter.gradient().mul(rho / norm)) {
        parameter.value().addi(way);
      }
    }
    return true;
  }

  @Override
  public void step(List<Trainable> parameters, double learningRate) {
    for (Trainable parameter : parameters) {
      try (NDArray value = home.remove(parameter.name())) {
        if (value != null) {
          parameter.value().set(new NDIndex("..."), value);
        }
      }
    }
    base.step(parameters, learningRate);
  }

  @Override
  public SortedMap<String, NDArray> state() {
    return base.state();
  }

  @Override
  public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
    base.restore(saved, parameters);
  }

  @Override
  public void close() {
    home.values().forEach(NDArray::close);
    base.close();
  }
}
