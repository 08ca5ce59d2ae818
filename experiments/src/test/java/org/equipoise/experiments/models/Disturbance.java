package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;

/** Numbers without a pattern, the same in each test. */
final class Disturbance {

  private Disturbance() {}

  /** Makes a network's normalisation neither fresh nor without effect; kernels stay as drawn. */
  static void of(Network network) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> others = new LinkedHashMap<>(network.weights());
      others.replaceAll(
          (name, array) -> {
            if (!name.contains("norm_")) {
              return array;
            }
            float[] values = noise(name, (int) array.size());
            boolean positive = name.endsWith("gamma") || name.endsWith("runningVar");
            for (int i = 0; i < values.length && positive; i++) {
              values[i] += 1;
            }
            return manager.create(values, array.getShape());
          });
      network.restore(others);
    }
  }

  /** Draws numbers in [-0.5, 0.5) from the stream of a name. */
  static float[] noise(String name, int size) {
    RandomGenerator draws = new RandomStreams(7).stream(name);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = draws.nextFloat() - 0.5f;
    }
    return values;
  }
}
