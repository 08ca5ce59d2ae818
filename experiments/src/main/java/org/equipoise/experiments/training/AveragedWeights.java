package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.equipoise.experiments.config.WeightAveraging;
import org.equipoise.experiments.engine.NoGrad;

/**
 * The running average of weights that are being trained, running statistics included.
 *
 * <p>It moves by a share of the way to the weights, so that what never changes, such as a frozen
 * part, is its own average to the bit.
 */
final class AveragedWeights implements AutoCloseable {

  private final WeightAveraging rule;
  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * Starts at some weights.
   *
   * @param rule how they are averaged
   * @param weights the weights by name; copied
   */
  AveragedWeights(WeightAveraging rule, Map<String, NDArray> weights) {
    this.rule = rule;
    weights.forEach(
        (name, weight) ->
            averages.put(name, manager.zeros(weight.getShape(), weight.getDataType())));
    restore(weights);
  }

  /**
   * Takes in the weights after a step.
   *
   * @param step the step just done, from 1 on
   * @param weights the weights by the names that were averaged so far
   */
  void add(long step, Map<String, NDArray> weights) {
    double moved = 1 - rule.kept(step);
    NoGrad.call(
        () -> {
          averages.forEach(
              (name, average) -> {
                try (NDArray way = weights.get(name).sub(average)) {
                  average.addi(way.muli(moved));
                }
              });
          return averages;
        });
  }

  /** Returns the averages themselves, by name in the order of the weights. */
  Map<String, NDArray> arrays() {
    return Collections.unmodifiableMap(averages);
  }

  /** Copies saved averages, by the names of the weights. */
  void restore(Map<String, NDArray> saved) {
    NoGrad.call(
        () -> {
          averages.forEach((name, average) -> average.set(new NDIndex("..."), saved.get(name)));
          return averages;
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
