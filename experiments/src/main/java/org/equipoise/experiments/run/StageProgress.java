package org.equipoise.experiments.run;

import java.time.Duration;
import org.equipoise.experiments.training.TrainingListener;

/** Turns what the trainer of one stage says into events, few enough to be read. */
final class StageProgress implements TrainingListener {

  private static final long INTERVAL = Duration.ofMillis(200).toNanos();

  private final String stage;
  private final String key;
  private final WorkerOutput output;
  private boolean trained;
  private long said;

  StageProgress(String stage, String key, WorkerOutput output) {
    this.stage = stage;
    this.key = key;
    this.output = output;
  }

  /** Returns whether any step was trained here. */
  boolean hasTrained() {
    return trained;
  }

  @Override
  public void onStep(String name, long step, long steps) {
    if (!trained) {
      trained = true;
      output.say(new RunEvent.StageStarted(stage, key, step - 1, steps));
    }
    if (isTimeToSay() || step == steps) {
      output.say(new RunEvent.Step(stage, key, step, steps));
    }
  }

  @Override
  public void onFeatures(String name, int view, int done, int examples) {
    if (isTimeToSay() || done == examples) {
      output.say(new RunEvent.Features(stage, key, view, done, examples));
    }
  }

  private boolean isTimeToSay() {
    long now = System.nanoTime();
    if (now - said < INTERVAL) {
      return false;
    }
    said = now;
    return true;
  }

  @Override
  public void onEpoch(EpochSummary epoch) {
    output.say(
        new RunEvent.Epoch(
            stage,
            key,
            epoch.epoch(),
            epoch.epochs(),
            epoch.step(),
            epoch.meanLoss(),
            epoch.learningRate(),
            epoch.imagesPerSecond()));
  }
}
