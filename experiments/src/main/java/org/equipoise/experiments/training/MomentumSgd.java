package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.training.BoundOptimizer;

/** {@link Sgd} at work: one buffer a parameter. */
final class MomentumSgd implements BoundOptimizer {

  private final Sgd rule;
  private final NDManager manager = NDManager.newBaseManager();
  private final SortedMap<String, NDArray> buffers = new TreeMap<>();

  MomentumSgd(Sgd rule) {
    this.rule = rule;
  }

  @Override
  public void step(List<Trainable> parameters, double learningRate) {
    for (Trainable parameter : parameters) {
      try (NDArray gradient = decayed(parameter)) {
        if (rule.momentum() != 0) {
          NDArray buffer = buffer(parameter).muli(rule.momentum()).addi(gradient);
          if (!rule.nesterov()) {
            descend(parameter, buffer, learningRate);
            continue;
          }
          try (NDArray ahead = buffer.mul(rule.momentum())) {
            gradient.addi(ahead);
          }
        }
        descend(parameter, gradient, learningRate);
      }
    }
  }

  private NDArray decayed(Trainable parameter) {
    if (rule.weightDecay() == 0) {
      return parameter.gradient().duplicate();
    }
    try (NDArray decay = parameter.value().mul(rule.weightDecay())) {
      return parameter.gradient().add(decay);
    }
  }

  private static void descend(Trainable parameter, NDArray direction, double learningRate) {
    try (NDArray change = direction.mul(learningRate)) {
      parameter.value().subi(change);
    }
  }

  // From zero, the first step leaves the gradient in the buffer, as PyTorch does by copying it.
  private NDArray buffer(Trainable parameter) {
    return buffers.computeIfAbsent(
        parameter.name(),
        name -> manager.zeros(parameter.value().getShape(), parameter.value().getDataType()));
  }

  @Override
  public SortedMap<String, NDArray> state() {
    return Collections.unmodifiableSortedMap(buffers);
  }

  @Override
  public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
    if (rule.momentum() == 0 && !saved.isEmpty()) {
      throw new IllegalArgumentException(
          "sgd: without momentum there are no buffers, but there were saved " + saved.keySet());
    }
    Map<String, Trainable> byName = new HashMap<>();
    parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    saved.forEach(
        (name, buffer) -> {
          Trainable parameter = byName.get(name);
          if (parameter == null || !parameter.value().getShape().equals(buffer.getShape())) {
            throw new IllegalArgumentException(
                "sgd: no parameter for the saved buffer " + name + " of " + buffer.getShape());
          }
          buffer(parameter).set(new NDIndex("..."), buffer);
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
