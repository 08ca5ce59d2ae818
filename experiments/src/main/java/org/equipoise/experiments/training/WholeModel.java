package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/**
 * Backbone and head together, on the examples as they are.
 *
 * @param task the stage
 * @param network the network
 * @param train the staged train split
 * @param validation the staged validation split, if it is looked at
 */
record WholeModel(
    StageTask task, Network network, StagedExamples train, Optional<StagedExamples> validation)
    implements StageModel {

  @Override
  public void startEpoch(int epoch) {}

  @Override
  public Map<String, NDArray> whole(Map<String, NDArray> own) {
    return own;
  }

  @Override
  public void close() {
    train.close();
    validation.ifPresent(StagedExamples::close);
    network.close();
  }
}
