package org.equipoise.experiments.config;

import java.util.List;
import java.util.Optional;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;

/**
 * An experiment: arms that differ in their method and share everything else, run over the same
 * seeds.
 *
 * @param name the experiment's name, by default the file's
 * @param dataset the data set
 * @param data how its files are treated
 * @param model backbone and head
 * @param training what all stages share unless a method says otherwise
 * @param selection which weights of a stage are kept
 * @param threads engine threads a run, &gt;= 1; part of the run's identity, because it changes
 *     rounding
 * @param seeds one run of every arm for each
 * @param baseline the arm that the others are compared with
 * @param arms the arms, in the order of the report
 * @param metrics what is computed from the test predictions
 */
public record ExperimentConfig(
    String name,
    DatasetSpec dataset,
    DataConfig data,
    ModelConfig model,
    TrainingConfig training,
    Selection selection,
    int threads,
    List<Long> seeds,
    String baseline,
    List<ArmConfig> arms,
    List<MetricSpec<Predictions, ?>> metrics) {

  /** Copies the lists and checks names, seeds, arms and baseline. */
  public ExperimentConfig {
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
    metrics = List.copyOf(metrics);
    List<String> ids = arms.stream().map(ArmConfig::id).toList();
    ExperimentRules rules = new ExperimentRules();
    rules.checkName(name);
    rules.checkThreads(threads);
    rules.checkSeeds(seeds);
    rules.checkArms(ids.stream().map(Optional::of).toList());
    rules.checkBaseline(baseline, ids);
    if (!rules.problems().isEmpty()) {
      throw new ConfigException(name, rules.problems());
    }
  }
}
