package org.equipoise.experiments.record;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.metric.MetricResult;

/**
 * What a run found out, and what it takes to believe it.
 *
 * @param runId the hash of the resolved run, 16 hex digits
 * @param experiment the experiment's name
 * @param arm the arm's id
 * @param seed the seed
 * @param classNames the classes, in the order of the ids
 * @param trainCounts n_c of what was trained on
 * @param publishedCounts n_c of the full published train set, by which shot groups are formed
 * @param stages the stages in order, with the hashes of their weights
 * @param logitsSha256 SHA-256 (hex) of the stored test logits
 * @param metrics the figures, by the metric's type name
 * @param pretrained what was trained before, if inputs or weights come from a pretrained network;
 *     such results are not compared with others
 * @param lossEffects what the loss of each stage that trains does to some classes; none in records
 *     of earlier builds
 * @param manifest data, code and machine
 */
public record RunRecord(
    String runId,
    String experiment,
    String arm,
    long seed,
    List<String> classNames,
    List<Long> trainCounts,
    List<Long> publishedCounts,
    List<StageRecord> stages,
    String logitsSha256,
    SortedMap<String, MetricResult> metrics,
    Optional<String> pretrained,
    List<LossEffect> lossEffects,
    Manifest manifest) {

  /** The name of a record's file in the folder of its run. */
  public static final String FILE = "record.json";

  /** Copies the collections; checks that counts and class names agree and figures are finite. */
  public RunRecord {
    classNames = List.copyOf(classNames);
    trainCounts = List.copyOf(trainCounts);
    publishedCounts = List.copyOf(publishedCounts);
    stages = List.copyOf(stages);
    lossEffects = List.copyOf(lossEffects);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("run record " + runId + ": expected at least one stage");
    }
    requireOneEach("trainCounts", trainCounts, classNames);
    requireOneEach("publishedCounts", publishedCounts, classNames);
    metrics.forEach(RunRecord::requireFinite);
  }

  private static void requireFinite(String metric, MetricResult result) {
    result
        .scalars()
        .forEach(
            (figure, value) -> {
              if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                    "metric \""
                        + metric
                        + "\": figure \""
                        + figure
                        + "\" is "
                        + value
                        + "; expected a finite number, or no figure where it is undefined");
              }
            });
  }

  private static void requireOneEach(String what, List<Long> counts, List<String> classNames) {
    if (counts.size() != classNames.size()) {
      throw new IllegalArgumentException(
          "run record: expected one of "
              + what
              + " for each of "
              + classNames.size()
              + " classes, got "
              + counts.size());
    }
  }

  /**
   * One stage of a run.
   *
   * @param name the stage's name
   * @param key the stage's key, by which it is shared
   * @param reused whether it was found in the cache instead of trained
   * @param epochs its length
   * @param weightsSha256 SHA-256 (hex) of the weights at its end
   * @param finalTrainLoss the mean training loss of its last epoch, in nats; empty if it trains
   *     nothing
   * @param frozenFeatures where the features of the frozen backbone came from that its head is made
   *     of, in words; empty if the backbone was trained, or no feature was looked at
   * @param seconds wall time of the training, 0 if reused
   */
  public record StageRecord(
      String name,
      String key,
      boolean reused,
      int epochs,
      String weightsSha256,
      OptionalDouble finalTrainLoss,
      Optional<String> frozenFeatures,
      double seconds) {}
}
