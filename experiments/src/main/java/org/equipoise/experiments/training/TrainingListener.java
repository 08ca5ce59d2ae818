package org.equipoise.experiments.training;

import java.util.Optional;

/** Hears how training goes. Called on the training thread, so it must be quick. */
public interface TrainingListener {

  /**
   * Hears of a step.
   *
   * @param stage the stage's name
   * @param step the steps done, from 1
   * @param steps the steps of the whole stage
   */
  void onStep(String stage, long step, long steps);

  /**
   * Hears of features that are computed before steps are made of them.
   *
   * @param stage the stage's name
   * @param view which view of the images, from 0
   * @param done the examples up to which features are there
   * @param examples the examples of the train split
   */
  default void onFeatures(String stage, int view, int done, int examples) {}

  /**
   * Hears of an epoch.
   *
   * @param epoch what happened in it
   */
  void onEpoch(EpochSummary epoch);

  /**
   * What happened in an epoch.
   *
   * @param stage the stage's name
   * @param epoch the epoch, from 1
   * @param epochs the epochs of the stage
   * @param step the steps done in the stage
   * @param meanLoss the mean training loss, in nats
   * @param learningRate the learning rate of the last step
   * @param imagesPerSecond examples trained on a second of wall time
   * @param classRates what a learned sampler draws from now on; empty for another sampler
   */
  record EpochSummary(
      String stage,
      int epoch,
      int epochs,
      long step,
      double meanLoss,
      double learningRate,
      double imagesPerSecond,
      Optional<ClassRates> classRates) {}
}
