package org.equipoise.experiments.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.evaluation.statistics.PairedDifference;
import org.equipoise.evaluation.statistics.SampleSummary;
import org.equipoise.experiments.record.LossEffect;

/**
 * One arm over its seeds.
 *
 * @param arm the arm's id
 * @param n the number of runs with a record
 * @param planned the number of runs that were planned
 * @param pretrained what was trained before its runs; empty if nothing was
 * @param stages its stages, in order
 * @param lossEffects what the losses of its stages do to some classes; empty if no record says so
 * @param figures mean and spread of each figure; a figure that no run has is absent
 * @param differences each figure minus the baseline's over the seeds that both have; empty for the
 *     baseline itself, and where another thing, or nothing, was trained before it
 */
public record ArmSummary(
    String arm,
    int n,
    int planned,
    Optional<String> pretrained,
    List<StageSummary> stages,
    List<LossEffect> lossEffects,
    Map<FigureColumn, SampleSummary> figures,
    Map<FigureColumn, PairedDifference> differences) {

  /** Copies the collections, keeping their order. */
  public ArmSummary {
    stages = List.copyOf(stages);
    lossEffects = List.copyOf(lossEffects);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
  }

  /**
   * Returns mean and spread of a figure.
   *
   * @param column the figure
   * @return the summary; empty if no run has the figure
   */
  public Optional<SampleSummary> figure(FigureColumn column) {
    return Optional.ofNullable(figures.get(column));
  }

  /**
   * Returns the difference of a figure to the baseline.
   *
   * @param column the figure
   * @return the difference; empty if no seed has the figure in both arms
   */
  public Optional<PairedDifference> difference(FigureColumn column) {
    return Optional.ofNullable(differences.get(column));
  }

  /**
   * Returns the length of all stages.
   *
   * @return epochs
   */
  public int epochs() {
    return stages.stream().mapToInt(StageSummary::epochs).sum();
  }

  /**
   * One stage of an arm over its seeds.
   *
   * @param name the stage's name
   * @param frozenFeatures where the features of the frozen backbone came from, in words; empty if
   *     the backbone was trained, or no feature was looked at
   * @param epochs its length
   * @param finalTrainLoss the mean training loss of its last epoch, in nats; empty if it trains
   *     nothing
   */
  public record StageSummary(
      String name,
      Optional<String> frozenFeatures,
      int epochs,
      Optional<SampleSummary> finalTrainLoss) {}
}
