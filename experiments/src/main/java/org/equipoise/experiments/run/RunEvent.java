package org.equipoise.experiments.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Something that happened in a run, or before it; a worker process says each as one line of JSON on
 * its standard output. A closed set.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunEvent.Reused.class, name = "reused"),
  @JsonSubTypes.Type(value = RunEvent.Outdated.class, name = "outdated"),
  @JsonSubTypes.Type(value = RunEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = RunEvent.StageWaiting.class, name = "stage-waiting"),
  @JsonSubTypes.Type(value = RunEvent.StageReused.class, name = "stage-reused"),
  @JsonSubTypes.Type(value = RunEvent.StageStarted.class, name = "stage-started"),
  @JsonSubTypes.Type(value = RunEvent.FeaturesWaiting.class, name = "features-waiting"),
  @JsonSubTypes.Type(value = RunEvent.Features.class, name = "features"),
  @JsonSubTypes.Type(value = RunEvent.Step.class, name = "step"),
  @JsonSubTypes.Type(value = RunEvent.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = RunEvent.StageDone.class, name = "stage-done"),
  @JsonSubTypes.Type(value = RunEvent.Evaluating.class, name = "evaluating"),
  @JsonSubTypes.Type(value = RunEvent.Done.class, name = "done"),
  @JsonSubTypes.Type(value = RunEvent.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = RunEvent.Failed.class, name = "failed")
})
public sealed interface RunEvent {

  /** The run was done before, and its record still holds; it is not run. */
  record Reused() implements RunEvent {}

  /**
   * The run was done before, but its record does not hold any more; it is run again.
   *
   * @param reason why
   */
  record Outdated(String reason) implements RunEvent {}

  /**
   * The worker is up and has read the data.
   *
   * @param stages the number of stages
   */
  record Started(int stages) implements RunEvent {}

  /**
   * Another run is training a stage that this one needs, too.
   *
   * @param stage the stage's name
   * @param key the stage's key
   */
  record StageWaiting(String stage, String key) implements RunEvent {}

  /**
   * A stage was found in the cache.
   *
   * @param stage the stage's name
   * @param key the stage's key
   */
  record StageReused(String stage, String key) implements RunEvent {}

  /**
   * The training of a stage has begun, or gone on from a checkpoint.
   *
   * @param stage the stage's name
   * @param key the stage's key
   * @param resumedAt the steps that an earlier process has done
   * @param steps the steps of the whole stage
   */
  record StageStarted(String stage, String key, long resumedAt, long steps) implements RunEvent {}

  /** Another run is computing features that this one needs, too. */
  record FeaturesWaiting() implements RunEvent {}

  /**
   * Features of a frozen backbone were computed; said a few times a second.
   *
   * @param stage the stage's name
   * @param key the stage's key
   * @param view which view of the images, from 0
   * @param done the examples up to which features are there
   * @param examples the examples of the train split
   */
  record Features(String stage, String key, int view, int done, int examples) implements RunEvent {}

  /**
   * Steps were done; said a few times a second.
   *
   * @param stage the stage's name
   * @param key the stage's key
   * @param step the steps done, from 1
   * @param steps the steps of the whole stage
   */
  record Step(String stage, String key, long step, long steps) implements RunEvent {}

  /**
   * An epoch is over.
   *
   * @param stage the stage's name
   * @param key the stage's key
   * @param epoch the epoch, from 1
   * @param epochs the epochs of the stage
   * @param step the steps done in the stage
   * @param meanLoss the mean training loss, in nats
   * @param learningRate the learning rate of the last step
   * @param imagesPerSecond examples trained on a second of wall time
   */
  record Epoch(
      String stage,
      String key,
      int epoch,
      int epochs,
      long step,
      double meanLoss,
      double learningRate,
      double imagesPerSecond)
      implements RunEvent {}

  /**
   * A stage was trained to its end and is in the cache.
   *
   * @param stage the stage's name
   * @param key the stage's key
   * @param seconds wall time
   */
  record StageDone(String stage, String key, double seconds) implements RunEvent {}

  /** The stages are done; the test split is being evaluated. */
  record Evaluating() implements RunEvent {}

  /** The record is written. The last event of a run that succeeds. */
  record Done() implements RunEvent {}

  /** Asked to stop, the run has written a checkpoint. The last event of such a run. */
  record Stopped() implements RunEvent {}

  /**
   * The run failed. The last event of such a run.
   *
   * @param reason one sentence
   */
  record Failed(String reason) implements RunEvent {}
}
