package org.equipoise.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;

/**
 * What a model computes for a batch of N inputs.
 *
 * @param featureMap spatial features before pooling, (N, D, h, w), if the backbone has them
 * @param features pooled features, (N, D)
 * @param logits classifier outputs before any softmax or sigmoid, (N, C)
 * @param auxiliary outputs of further heads, by name
 */
public record ModelOutputs(
    Optional<NDArray> featureMap,
    NDArray features,
    NDArray logits,
    Map<String, NDArray> auxiliary) {

  /** Copies the map. */
  public ModelOutputs {
    auxiliary = Map.copyOf(auxiliary);
  }
}
