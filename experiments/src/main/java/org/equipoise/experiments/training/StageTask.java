package org.equipoise.experiments.training;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FittedHeadSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.experiments.config.FrozenFeatures;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;

/**
 * A stage to train.
 *
 * @param stage what is trained and how
 * @param model backbone and head of the run
 * @param training what the stages share
 * @param data train and test split
 * @param statistics the statistics of what is trained on
 * @param streams the seed of every random stream of this stage
 * @param start the folder of the stage that this one starts from, if any
 * @param files where relative paths of the model's files start
 */
public record StageTask(
    StageSpec stage,
    ModelConfig model,
    TrainingConfig training,
    LabelledData data,
    TrainStatistics statistics,
    long streams,
    Optional<Path> start,
    Path files) {

  /** Checks that the parts agree. */
  public StageTask {
    if (statistics.classes() != data.classes()) {
      throw new IllegalArgumentException(
          "stage \""
              + stage.name()
              + "\": statistics of "
              + statistics.classes()
              + " classes for data of "
              + data.classes());
    }
  }

  /** Returns the backbone, ready to be built. */
  BackboneSpec backbone() {
    return model.backbone().foundIn(files);
  }

  /** Returns the parts that are trained: the stage's, but for a frozen backbone; maybe none. */
  Set<ModelPart> trains() {
    return model.trainedBy(stage);
  }

  /** Returns where features come from, if the backbone is frozen. */
  FrozenFeatures frozenFeatures() {
    return training.frozenFeatures().of(stage, model);
  }

  /**
   * Returns where the features of a frozen backbone come from that the stage's head is made of.
   *
   * @return what records say of it; empty if the backbone is trained, or the head is made of the
   *     weights of an earlier one alone
   */
  public Optional<String> featuresInWords() {
    boolean looksAtFeatures = !stage.trainsNothing() || head() instanceof FittedHeadSpec;
    return looksAtFeatures && !trains().contains(ModelPart.BACKBONE)
        ? Optional.of(frozenFeatures().inWords())
        : Optional.empty();
  }

  /** Returns this stage as its steps see it where inputs are features. */
  StageTask onFeatures() {
    return new StageTask(
        stage, model, training.onFeatures(), data, statistics, streams, start, files);
  }

  /** Returns the validation split, if the stage's sampler looks at it. */
  Optional<Examples> validation() {
    return stage.sampler().looksAtValidation() ? data.validation() : Optional.empty();
  }

  /** Returns the stage's head: its own, or else the run's. */
  HeadSpec head() {
    return stage.head().orElse(model.head());
  }

  /** Returns the stage's length: its own, or else the run's; 0 if it trains nothing. */
  int epochs() {
    return stage.trainsNothing() ? 0 : stage.epochs().orElse(training.epochs());
  }

  /** Returns the run's optimizer with the stage's base learning rate. */
  OptimizerSpec optimizer() {
    OptimizerSpec shared = training.optimizer();
    return stage.learningRate().isPresent()
        ? shared.withLearningRate(stage.learningRate().getAsDouble())
        : shared;
  }

  /** Returns the stage's schedule: its own, or else the run's. */
  ScheduleSpec schedule() {
    return stage.schedule().orElse(training.schedule());
  }
}
