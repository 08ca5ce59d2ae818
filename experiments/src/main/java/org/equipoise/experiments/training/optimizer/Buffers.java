package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.training.BoundOptimizer.Trainable;

/**
 * The arrays that an optimizer keeps for each parameter, of its shape and type and zero at first.
 */
final class Buffers implements AutoCloseable {

  private final String rule;
  private final List<String> kinds;
  private final NDManager manager = NDManager.newBaseManager();
  private final SortedMap<String, NDArray> arrays = new TreeMap<>();

  /**
   * Makes no buffer yet.
   *
   * @param rule the optimizer's type name, for errors
   * @param kinds what follows a parameter's name in the names of its buffers
   */
  Buffers(String rule, List<String> kinds) {
    this.rule = rule;
    this.kinds = kinds;
  }

  NDArray of(Trainable parameter, String kind) {
    return of(parameter.name() + kind, parameter);
  }

  private NDArray of(String buffer, Trainable parameter) {
    return arrays.computeIfAbsent(
        buffer,
        name -> manager.zeros(parameter.value().getShape(), parameter.value().getDataType()));
  }

  /** Returns a buffer that was asked for before, and makes none. */
  Optional<NDArray> find(Trainable parameter, String kind) {
    return Optional.ofNullable(arrays.get(parameter.name() + kind));
  }

  SortedMap<String, NDArray> state() {
    return Collections.unmodifiableSortedMap(arrays);
  }

  /**
   * Copies saved buffers.
   *
   * @throws IllegalArgumentException unless each is a parameter's, and a parameter has all or none
   */
  void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
    Map<String, Trainable> owners = new HashMap<>();
    for (String kind : kinds) {
      parameters.forEach(parameter -> owners.put(parameter.name() + kind, parameter));
    }
    saved.forEach(
        (name, buffer) -> {
          Trainable owner = owners.get(name);
          if (owner == null || !owner.value().getShape().equals(buffer.getShape())) {
            throw new IllegalArgumentException(
                rule + ": no parameter for the saved buffer " + name + " of " + buffer.getShape());
          }
        });
    for (Trainable parameter : parameters) {
      // One that no gradient has reached yet has none of them.
      long found =
          kinds.stream().filter(kind -> saved.containsKey(parameter.name() + kind)).count();
      if (found != 0 && found != kinds.size()) {
        throw new IllegalArgumentException(
            rule + ": buffers are missing among the saved " + saved.keySet());
      }
    }
    saved.forEach((name, buffer) -> of(name, owners.get(name)).set(new NDIndex("..."), buffer));
  }

  @Override
  public void close() {
    manager.close();
  }
}
