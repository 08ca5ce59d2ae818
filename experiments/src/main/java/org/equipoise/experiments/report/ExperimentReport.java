package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.evaluation.statistics.PairedDifference;
import org.equipoise.evaluation.statistics.SampleSummary;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.LossEffect;
import org.equipoise.experiments.record.RecordedExperiment;
import org.equipoise.experiments.record.RunFailure;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.report.ArmSummary.StageSummary;

/**
 * What an experiment found out, as a value: arms, classes, conditions, and what is missing.
 *
 * <p>It depends on the records alone, so that equal records make equal reports.
 *
 * @param experiment the experiment's name
 * @param baseline the arm that the others are compared with
 * @param seeds the seeds that were planned
 * @param columns the figures of the table of results, in order
 * @param arms every arm that was planned, in order, also one without any record
 * @param classes every class, in the order of the ids
 * @param otherFigures figures without a column of their own, by metric and name
 * @param protocol the conditions of the runs
 * @param conflicts parts that work against each other, as the plan found them
 * @param missing the runs without a record, with the reason
 * @param strangers how many more runs lie in the folder, of earlier configs; not in this report
 */
public record ExperimentReport(
    String experiment,
    String baseline,
    List<Long> seeds,
    List<FigureColumn> columns,
    List<ArmSummary> arms,
    List<ClassSummary> classes,
    List<OtherFigure> otherFigures,
    Protocol protocol,
    List<Conflict> conflicts,
    List<RunFailure> missing,
    int strangers) {

  private static final String PER_CLASS = "per-class-recall";
  private static final String RECALL = "recall";
  private static final String FROM_SCRATCH = "from scratch";

  /** Copies the lists. */
  public ExperimentReport {
    seeds = List.copyOf(seeds);
    columns = List.copyOf(columns);
    arms = List.copyOf(arms);
    classes = List.copyOf(classes);
    otherFigures = List.copyOf(otherFigures);
    conflicts = List.copyOf(conflicts);
    missing = List.copyOf(missing);
  }

  /**
   * Summarises an experiment.
   *
   * @param recorded what there is of it
   * @return the report
   */
  public static ExperimentReport of(RecordedExperiment recorded) {
    Map<String, List<RunRecord>> byArm = new LinkedHashMap<>();
    recorded.outline().arms().forEach(arm -> byArm.put(arm, new ArrayList<>()));
    recorded.records().forEach(record -> byArm.get(record.arm()).add(record));
    String baseline = recorded.outline().baseline();
    return new ExperimentReport(
        recorded.outline().experiment(),
        baseline,
        recorded.outline().seeds(),
        FigureColumn.MAIN,
        arms(recorded, byArm),
        classes(recorded.records(), byArm),
        otherFigures(recorded.records(), byArm),
        Protocol.of(recorded.records()),
        recorded.outline().conflicts(),
        recorded.failures(),
        recorded.strangers());
  }

  /**
   * Returns the number of runs that were planned.
   *
   * @return runs with and without a record
   */
  public int planned() {
    return arms.stream().mapToInt(ArmSummary::planned).sum();
  }

  /**
   * Returns the arms that may be ranked beside each other: those before which the same was trained.
   *
   * @return groups, by their first arm's place; at least one if there is an arm
   */
  public List<ArmGroup> groups() {
    Map<Optional<String>, List<ArmSummary>> byLabel = new LinkedHashMap<>();
    arms.forEach(
        arm -> byLabel.computeIfAbsent(arm.pretrained(), label -> new ArrayList<>()).add(arm));
    return byLabel.entrySet().stream()
        .map(entry -> new ArmGroup(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<ArmSummary> arms(
      RecordedExperiment recorded, Map<String, List<RunRecord>> byArm) {
    String baseline = recorded.outline().baseline();
    Optional<String> usual = pretrained(byArm.get(baseline), Optional.empty());
    List<ArmSummary> arms = new ArrayList<>();
    byArm.forEach(
        (arm, records) -> {
          Optional<String> pretrained = pretrained(records, usual);
          Map<FigureColumn, SampleSummary> figures = new LinkedHashMap<>();
          Map<FigureColumn, PairedDifference> differences = new LinkedHashMap<>();
          for (FigureColumn column : FigureColumn.MAIN) {
            SortedMap<Long, Double> bySeed = bySeed(records, r -> scalar(r, column));
            summary(bySeed).ifPresent(summary -> figures.put(column, summary));
            if (!arm.equals(baseline) && pretrained.equals(usual)) {
              PairedDifference.of(bySeed, bySeed(byArm.get(baseline), r -> scalar(r, column)))
                  .ifPresent(difference -> differences.put(column, difference));
            }
          }
          int planned =
              (int) recorded.outline().runs().stream().filter(run -> run.arm().equals(arm)).count();
          arms.add(
              new ArmSummary(
                  arm,
                  records.size(),
                  planned,
                  pretrained,
                  stages(records),
                  lossEffects(records),
                  figures,
                  differences));
        });
    return arms;
  }

  private static Optional<String> pretrained(List<RunRecord> records, Optional<String> ifNone) {
    List<String> labels =
        records.stream()
            .map(record -> record.pretrained().orElse(FROM_SCRATCH))
            .distinct()
            .sorted()
            .toList();
    if (labels.isEmpty()) {
      return ifNone;
    }
    return labels.equals(List.of(FROM_SCRATCH))
        ? Optional.empty()
        : Optional.of(String.join(" / ", labels));
  }

  private static List<StageSummary> stages(List<RunRecord> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    List<StageSummary> stages = new ArrayList<>();
    List<RunRecord.StageRecord> first = records.get(0).stages();
    for (int i = 0; i < first.size(); i++) {
      int stage = i;
      SortedMap<Long, Double> losses =
          bySeed(records, record -> record.stages().get(stage).finalTrainLoss());
      stages.add(
          new StageSummary(
              first.get(i).name(),
              first.get(i).frozenFeatures(),
              first.get(i).epochs(),
              summary(losses)));
    }
    return stages;
  }

  // Of whichever run has any: all runs of an arm bind the same parts to the same counts.
  private static List<LossEffect> lossEffects(List<RunRecord> records) {
    return records.stream()
        .map(RunRecord::lossEffects)
        .filter(effects -> !effects.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<ClassSummary> classes(
      List<RunRecord> records, Map<String, List<RunRecord>> byArm) {
    if (records.isEmpty()) {
      return List.of();
    }
    RunRecord any = records.get(0);
    List<ClassSummary> classes = new ArrayList<>();
    for (int c = 0; c < any.classNames().size(); c++) {
      int classId = c;
      long published = any.publishedCounts().get(c);
      classes.add(
          new ClassSummary(
              any.classNames().get(c),
              any.trainCounts().get(c),
              published,
              ShotGroup.of(published),
              summaries(byArm, record -> recall(record, classId))));
    }
    return classes;
  }

  private static List<OtherFigure> otherFigures(
      List<RunRecord> records, Map<String, List<RunRecord>> byArm) {
    SortedMap<String, TreeSet<String>> names = new TreeMap<>();
    for (RunRecord record : records) {
      record
          .metrics()
          .forEach(
              (metric, result) ->
                  names
                      .computeIfAbsent(metric, m -> new TreeSet<>())
                      .addAll(result.scalars().keySet()));
    }
    FigureColumn.MAIN.forEach(
        column ->
            names.computeIfPresent(
                column.metric(),
                (metric, figures) -> {
                  figures.remove(column.figure());
                  return figures;
                }));
    List<OtherFigure> others = new ArrayList<>();
    names.forEach(
        (metric, figures) ->
            figures.forEach(
                figure ->
                    others.add(
                        new OtherFigure(
                            metric,
                            figure,
                            summaries(byArm, record -> scalar(record, metric, figure))))));
    return others;
  }

  private static Map<String, SampleSummary> summaries(
      Map<String, List<RunRecord>> byArm, Function<RunRecord, OptionalDouble> figure) {
    Map<String, SampleSummary> summaries = new LinkedHashMap<>();
    byArm.forEach(
        (arm, records) ->
            summary(bySeed(records, figure)).ifPresent(value -> summaries.put(arm, value)));
    return summaries;
  }

  private static SortedMap<Long, Double> bySeed(
      List<RunRecord> records, Function<RunRecord, OptionalDouble> figure) {
    SortedMap<Long, Double> bySeed = new TreeMap<>();
    records.forEach(
        record -> figure.apply(record).ifPresent(value -> bySeed.put(record.seed(), value)));
    return bySeed;
  }

  private static Optional<SampleSummary> summary(SortedMap<Long, Double> bySeed) {
    return bySeed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SampleSummary.of(bySeed.values().stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private static OptionalDouble scalar(RunRecord record, FigureColumn column) {
    return scalar(record, column.metric(), column.figure());
  }

  private static OptionalDouble scalar(RunRecord record, String metric, String figure) {
    MetricResult result = record.metrics().get(metric);
    Double value = result == null ? null : result.scalars().get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble recall(RunRecord record, int classId) {
    MetricResult result = record.metrics().get(PER_CLASS);
    List<OptionalDouble> recall = result == null ? null : result.vectors().get(RECALL);
    return recall == null || classId >= recall.size()
        ? OptionalDouble.empty()
        : recall.get(classId);
  }
}
