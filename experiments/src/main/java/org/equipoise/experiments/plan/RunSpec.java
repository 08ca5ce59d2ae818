package org.equipoise.experiments.plan;

import java.util.List;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.config.DataConfig;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;

/**
 * One run, one arm with one seed, with nothing left to look up: what goes into a worker process, on
 * this machine or another.
 *
 * @param experiment the experiment's name; no part of the run's identity
 * @param arm the arm's id; no part of the run's identity
 * @param seed the seed of all randomness
 * @param threads engine threads
 * @param dataset the data set
 * @param data how its files are treated
 * @param model backbone and head
 * @param training what the stages share
 * @param selection which weights are kept
 * @param method the stages
 * @param metrics what is computed from the test predictions
 */
public record RunSpec(
    String experiment,
    String arm,
    long seed,
    int threads,
    DatasetSpec dataset,
    DataConfig data,
    ModelConfig model,
    TrainingConfig training,
    Selection selection,
    MethodSpec method,
    List<MetricSpec<Predictions, ?>> metrics) {

  /** Copies the list. */
  public RunSpec {
    metrics = List.copyOf(metrics);
  }

  /**
   * Returns one run of an experiment.
   *
   * @param config the experiment
   * @param arm one of its arms
   * @param seed one of its seeds
   * @return the run
   */
  public static RunSpec of(ExperimentConfig config, ArmConfig arm, long seed) {
    return new RunSpec(
        config.name(),
        arm.id(),
        seed,
        config.threads(),
        config.dataset(),
        config.data(),
        config.model(),
        config.training(),
        config.selection(),
        arm.method(),
        config.metrics());
  }
}
