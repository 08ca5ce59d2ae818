package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.config.FrozenFeatures.Cached;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/**
 * What a stage works on: a network with the weights that it starts with, and what the network is
 * shown.
 */
sealed interface StageModel extends AutoCloseable permits WholeModel, HeadModel {

  /**
   * Prepares a stage.
   *
   * @param manager the parent of all arrays
   * @param task the stage
   * @param cache keeps features, if there is a place for them
   * @param listener hears of features that have to be computed
   * @param stop asked meanwhile
   * @return the model; close it
   * @throws IOException if the weights that the stage starts from cannot be read
   * @throws IllegalArgumentException if the parts of the task do not fit together
   */
  static StageModel open(
      NDManager manager,
      StageTask task,
      Optional<FeatureCache> cache,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException {
    Network network =
        Network.create(
            manager,
            task.backbone(),
            task.head(),
            task.data().train().inputShape(),
            task.data().classes(),
            new RandomStreams(task.streams()));
    StartWeights.put(task, network, manager);
    if (task.frozenFeatures() instanceof Cached cached) {
      FeatureCache place =
          cache.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "stage \""
                          + task.stage().name()
                          + "\": features are to be cached, but this trainer has no cache"));
      return new HeadModel(
          manager, task, new FrozenBackbone(task, network, place), cached, listener, stop);
    }
    return new WholeModel(
        task,
        network,
        StagedExamples.of(task.data().train(), manager),
        task.validation().map(examples -> StagedExamples.of(examples, manager)));
  }

  /** Returns the stage as its steps see it. */
  StageTask task();

  /** Returns the network that steps run and change. */
  Network network();

  /** Returns what it is shown. */
  StagedExamples train();

  /** Returns what it is judged on meanwhile, if the stage's sampler asks for that. */
  Optional<StagedExamples> validation();

  /**
   * Makes an epoch's examples ready; until then there may be none.
   *
   * @param epoch the epoch, counted from 0
   * @throws IOException if they cannot be read or written
   * @throws TrainingStopped if asked to stop meanwhile
   */
  void startEpoch(int epoch) throws IOException;

  /**
   * Returns the weights of the whole model.
   *
   * @param own those of {@link #network}, or what takes their place
   */
  Map<String, NDArray> whole(Map<String, NDArray> own);

  @Override
  void close();
}
