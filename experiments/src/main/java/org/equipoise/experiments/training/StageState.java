package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.experiments.models.Network;

/**
 * All that changes while a stage is trained, its progress apart: what a checkpoint holds.
 *
 * @param network the weights
 * @param optimizer its buffers
 * @param objective the state of the loss, if it has any
 * @param sampler what it has learned, if it learns
 * @param average the moving average of the weights, if one is kept
 */
record StageState(
    Network network,
    BoundOptimizer optimizer,
    Objective objective,
    EpochSampler sampler,
    Optional<AveragedWeights> average) {

  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String AVERAGE = "average/";
  private static final String SAMPLER = "sampler";
  private static final String LOSS = "loss";

  /**
   * Returns the arrays themselves by name; those that have to be made belong to {@code scratch}.
   */
  Map<String, NDArray> arrays(NDManager scratch) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network.weights().forEach((name, array) -> arrays.put(WEIGHTS + name, array));
    optimizer.state().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    average.ifPresent(
        weights -> weights.arrays().forEach((name, array) -> arrays.put(AVERAGE + name, array)));
    put(scratch, arrays, LOSS, objective.state());
    if (sampler instanceof LearnedSampler learned) {
      put(scratch, arrays, SAMPLER, learned.state());
    }
    return arrays;
  }

  private static void put(
      NDManager scratch, Map<String, NDArray> arrays, String name, double[] state) {
    if (state.length > 0) {
      arrays.put(name, scratch.create(state));
    }
  }

  /** Puts everything back as the arrays have it. */
  void restore(Map<String, NDArray> arrays) {
    network.restore(within(arrays, WEIGHTS));
    optimizer.restore(within(arrays, OPTIMIZER), trainables());
    average.ifPresent(weights -> weights.restore(within(arrays, AVERAGE)));
    if (arrays.containsKey(LOSS)) {
      objective.restore(arrays.get(LOSS).toDoubleArray());
    }
    if (sampler instanceof LearnedSampler learned && arrays.containsKey(SAMPLER)) {
      learned.restore(arrays.get(SAMPLER).toDoubleArray());
    }
  }

  private static SortedMap<String, NDArray> within(Map<String, NDArray> arrays, String prefix) {
    SortedMap<String, NDArray> chosen = new TreeMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            chosen.put(name.substring(prefix.length()), array);
          }
        });
    return chosen;
  }

  // Only values and names matter to a restore: there is no gradient yet.
  private List<Trainable> trainables() {
    return network.trainable().stream()
        .map(
            named ->
                new Trainable(
                    named.name(),
                    named.decayed(),
                    named.parameter().getArray(),
                    named.parameter().getArray()))
        .toList();
  }
}
