package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.equipoise.experiments.config.FrozenFeatures.Cached;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.data.StagedFeatures;
import org.equipoise.experiments.models.Network;

/** The head alone, on features that are computed already. */
final class HeadModel implements StageModel {

  private final NDManager manager;
  private final StageTask task;
  private final FrozenBackbone backbone;
  private final Cached views;
  private final TrainingListener listener;
  private final BooleanSupplier stop;
  private final Network head;
  private final StagedFeatures train;
  private final Optional<StagedFeatures> validation;
  private int shown = -1;

  /**
   * Prepares a stage.
   *
   * @param manager the parent of all arrays
   * @param task the stage
   * @param backbone where features come from; closed with this
   * @param views which of them an epoch sees
   * @param listener hears of features that have to be computed
   * @param stop asked meanwhile
   */
  HeadModel(
      NDManager manager,
      StageTask task,
      FrozenBackbone backbone,
      Cached views,
      TrainingListener listener,
      BooleanSupplier stop) {
    this.manager = manager;
    this.task = task;
    this.backbone = backbone;
    this.views = views;
    this.listener = listener;
    this.stop = stop;
    this.head = backbone.head(manager);
    this.train = new StagedFeatures(task.data().train().labels(), manager);
    this.validation =
        task.validation().map(examples -> new StagedFeatures(examples.labels(), manager));
  }

  @Override
  public StageTask task() {
    return task.onFeatures();
  }

  @Override
  public Network network() {
    return head;
  }

  @Override
  public StagedExamples train() {
    return train;
  }

  @Override
  public Optional<StagedExamples> validation() {
    return validation.map(staged -> staged);
  }

  @Override
  public void startEpoch(int epoch) throws IOException {
    int view = epoch % views.views();
    if (view != shown) {
      train.show(backbone.train(manager, View.of(task, view), watch(view)));
      if (validation.isPresent()) {
        NDArray features = backbone.validation(manager, View.of(task, view), watch(view));
        validation.get().show(features);
      }
      shown = view;
    }
  }

  private FeatureCache.Watch watch(int view) {
    String stage = task.stage().name();
    return (done, examples) -> {
      listener.onFeatures(stage, view, done, examples);
      if (stop.getAsBoolean()) {
        throw new TrainingStopped(stage, view, done, examples);
      }
    };
  }

  @Override
  public Map<String, NDArray> whole(Map<String, NDArray> own) {
    return backbone.with(own);
  }

  @Override
  public void close() {
    train.close();
    validation.ifPresent(StagedFeatures::close);
    head.close();
    backbone.close();
  }
}
