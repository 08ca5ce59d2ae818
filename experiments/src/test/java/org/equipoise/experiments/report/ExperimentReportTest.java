package org.equipoise.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;
import org.equipoise.experiments.record.Environment;
import org.equipoise.experiments.record.ExperimentOutline;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.Manifest;
import org.equipoise.experiments.record.RecordedExperiment;
import org.equipoise.experiments.record.RunFailure;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.record.RunRecords;
import org.junit.jupiter.api.Test;

class ExperimentReportTest {

  private static final String STRANGE = "a|b <i>_x_";

  private static SortedMap<String, MetricResult> figures(double many, double few) {
    SortedMap<String, MetricResult> metrics = new TreeMap<>();
    metrics.put("balanced-accuracy", scalars("balanced-accuracy", (many + few) / 2));
    MetricResult shots = scalars("many", many);
    SortedMap<String, Double> withFew = new TreeMap<>(shots.scalars());
    withFew.put("few", few);
    metrics.put("shot-accuracy", MetricResult.ofScalars(withFew));
    metrics.put("top-k", scalars("top-1", many));
    metrics.put("acme/depth", scalars("depth", 1234.5678));
    metrics.put(
        "per-class-recall",
        new MetricResult(
            new TreeMap<>(),
            new TreeMap<>(
                java.util.Map.of(
                    "recall",
                    List.of(
                        OptionalDouble.of(many), OptionalDouble.empty(), OptionalDouble.of(few)))),
            new TreeMap<>()));
    return metrics;
  }

  private static MetricResult scalars(String name, double value) {
    return MetricResult.ofScalars(new TreeMap<>(java.util.Map.of(name, value)));
  }

  /** The same run on other threads, with a second stage. */
  private static RunRecord otherwise(RunRecord record) {
    Environment e = record.manifest().environment();
    List<RunRecord.StageRecord> stages = new ArrayList<>(record.stages());
    stages.add(
        new RunRecord.StageRecord(
            "classifier",
            "0b",
            false,
            5,
            "ab13",
            OptionalDouble.of(1.5),
            Optional.of("on the fly"),
            1));
    Manifest manifest =
        new Manifest(
            record.manifest().data(),
            record.manifest().code(),
            new Environment(
                e.equipoise(), e.java(), e.javaVendor(), e.os(), e.arch(), e.cpu(), e.engine(), 2));
    return RunRecords.withManifest(RunRecords.withStages(record, stages), manifest);
  }

  private static RecordedExperiment experiment(
      String baseline, List<RunRecord> records, List<RunFailure> failures, int strangers) {
    return experiment(baseline, records, failures, strangers, List.of());
  }

  private static RecordedExperiment experiment(
      String baseline,
      List<RunRecord> records,
      List<RunFailure> failures,
      int strangers,
      List<Conflict> conflicts) {
    List<OutlinedRun> runs = new ArrayList<>();
    for (String arm : List.of("softmax", STRANGE)) {
      for (long seed : List.of(1L, 2L, 3L)) {
        runs.add(new OutlinedRun(RunRecords.runId(arm, seed), arm, seed));
      }
    }
    return new RecordedExperiment(
        new ExperimentOutline("trial-of-balance", baseline, runs, conflicts),
        records,
        failures,
        strangers);
  }

  private static RecordedExperiment complete() {
    return experiment(
        "softmax",
        List.of(
            RunRecords.of("softmax", 1, figures(0.90, 0.10)),
            RunRecords.of("softmax", 2, figures(0.92, 0.14)),
            RunRecords.of("softmax", 3, figures(0.94, 0.18)),
            RunRecords.of(STRANGE, 1, figures(0.85, 0.30)),
            RunRecords.of(STRANGE, 2, figures(0.86, 0.31)),
            RunRecords.of(STRANGE, 3, figures(0.87, 0.32))),
        List.of(),
        0);
  }

  private static RecordedExperiment withConflicts() {
    return experiment(
        "softmax",
        complete().records(),
        List.of(),
        0,
        List.of(
            conflict(STRANGE, Standing.WARNING),
            conflict(STRANGE, Standing.ACCEPTED),
            conflict("softmax", Standing.NOTE)));
  }

  private static Conflict conflict(String arm, Standing standing) {
    return new Conflict(
        "double-prior-correction", arm, "train", standing, "This | and that.", "For *it* is so.");
  }

  private static RecordedExperiment withGaps() {
    return experiment(
        "softmax",
        List.of(
            RunRecords.of("softmax", 1, figures(0.90, 0.10)),
            RunRecords.of("softmax", 2, figures(0.92, 0.14)),
            otherwise(RunRecords.of(STRANGE, 2, figures(0.86, 0.14)))),
        List.of(
            new RunFailure(
                RunRecords.runId("softmax", 3),
                "softmax",
                3,
                "the loss became NaN | <at step 7>",
                List.of("step 6: 2.3", "step 7: NaN | <b>")),
            new RunFailure(RunRecords.runId(STRANGE, 1), STRANGE, 1, "not started", List.of()),
            new RunFailure(RunRecords.runId(STRANGE, 3), STRANGE, 3, "not finished", List.of())),
        2);
  }

  @Test
  void should_summarise_arms_over_seeds_if_all_runs_are_there() {
    ExperimentReport report = ExperimentReport.of(complete());

    ArmSummary strange = report.arms().get(1);
    FigureColumn balanced = FigureColumn.BALANCED_ACCURACY;
    assertThat(strange.n()).isEqualTo(3);
    assertThat(strange.figure(balanced).orElseThrow().mean()).isCloseTo(0.585, within(1e-12));
    assertThat(strange.figure(balanced).orElseThrow().standardDeviation().orElseThrow())
        .isCloseTo(0.01, within(1e-12));
    // Differences by seed: 0.075, 0.055, 0.035.
    assertThat(strange.difference(balanced).orElseThrow().difference().mean())
        .isCloseTo(0.055, within(1e-12));
    assertThat(strange.difference(balanced).orElseThrow().difference().standardDeviation())
        .hasValueCloseTo(0.02, within(1e-12));
    assertThat(report.arms().get(0).difference(balanced)).isEmpty();
    assertThat(report.missing()).isEmpty();
  }

  @Test
  void should_compare_common_seeds_alone_if_runs_are_missing() {
    ArmSummary strange = ExperimentReport.of(withGaps()).arms().get(1);

    assertThat(strange.n()).isEqualTo(1);
    assertThat(strange.planned()).isEqualTo(3);
    assertThat(strange.difference(FigureColumn.BALANCED_ACCURACY).orElseThrow().seeds())
        .containsExactly(2L);
  }

  @Test
  void should_keep_an_arm_if_it_has_no_record_at_all() {
    RecordedExperiment recorded = withGaps();
    List<RunFailure> failures = new ArrayList<>(recorded.failures());
    failures.add(new RunFailure(RunRecords.runId(STRANGE, 2), STRANGE, 2, "gone", List.of()));

    ExperimentReport report =
        ExperimentReport.of(experiment(STRANGE, recorded.records().subList(0, 2), failures, 0));

    assertThat(report.arms()).extracting(ArmSummary::arm).containsExactly("softmax", STRANGE);
    assertThat(report.arms().get(0).differences()).isEmpty();
    assertThat(TextTable.of(report))
        .containsPattern("softmax +2 .*–\n")
        .containsPattern("_x_ +0 +– +– +– +– +– +–\n");
    assertThat(MarkdownReport.text(report)).contains("| 0 | – | – | – | – | – |");
  }

  @Test
  void should_list_what_failed_if_every_run_failed() {
    List<RunFailure> failures = new ArrayList<>();
    for (String arm : List.of("softmax", STRANGE)) {
      for (long seed = 1; seed <= 3; seed++) {
        failures.add(
            new RunFailure(RunRecords.runId(arm, seed), arm, seed, "out of memory", List.of()));
      }
    }

    ExperimentReport report = ExperimentReport.of(experiment("softmax", List.of(), failures, 0));

    assertThat(MarkdownReport.text(report))
        .contains("out of memory")
        .doesNotContain("## Conditions");
    assertThat(TextTable.of(report)).containsPattern("softmax +0 +–");
  }

  @Test
  void should_write_the_golden_report_if_all_runs_are_there() throws IOException {
    assertGolden("complete.md", MarkdownReport.text(ExperimentReport.of(complete())));
  }

  @Test
  void should_write_the_golden_report_if_runs_are_missing() throws IOException {
    assertGolden("gaps.md", MarkdownReport.text(ExperimentReport.of(withGaps())));
  }

  @Test
  void should_show_conflicts_under_the_results_with_how_they_stand() throws IOException {
    String text = MarkdownReport.text(ExperimentReport.of(withConflicts()));

    int from = text.indexOf("## Conflicts");
    assertThat(from).isGreaterThan(text.indexOf("## Results"));
    assertGolden("conflicts.md", text.substring(from, text.indexOf("## Difference")));
  }

  @Test
  void should_say_all_about_a_conflict_but_what_its_acceptance_makes_needless() {
    assertThat(ConflictText.lines(conflict("a", Standing.WARNING)))
        .containsExactly(
            "Warning double-prior-correction, arm \"a\", stage \"train\"",
            "This | and that.",
            "For *it* is so.",
            "If it is meant, say so: accept: [double-prior-correction] in this arm.");
    assertThat(ConflictText.lines(conflict("a", Standing.ACCEPTED)))
        .containsExactly(
            "Accepted double-prior-correction, arm \"a\", stage \"train\"", "This | and that.");
    assertThat(ConflictText.lines(conflict("a", Standing.NOTE)))
        .containsExactly(
            "Note double-prior-correction, arm \"a\", stage \"train\"",
            "This | and that.",
            "For *it* is so.");
  }

  @Test
  void should_put_arms_together_whose_losses_do_the_same_and_say_nothing_without_a_record() {
    List<RunRecord> records = new ArrayList<>(complete().records());
    records.set(0, RunRecords.withoutLossEffects(records.get(0)));

    String some =
        MarkdownReport.text(ExperimentReport.of(experiment("softmax", records, List.of(), 0)));
    String none =
        MarkdownReport.text(
            ExperimentReport.of(
                experiment(
                    "softmax",
                    records.stream().map(RunRecords::withoutLossEffects).toList(),
                    List.of(),
                    0)));

    assertThat(some)
        .contains("| softmax / train, a\\|b &lt;i&gt;\\_x\\_ / train | cross-entropy |");
    assertThat(none).doesNotContain("## What the losses do");
  }

  @Test
  void should_align_the_columns_if_printed_in_a_terminal() throws IOException {
    assertGolden("complete.txt", TextTable.of(ExperimentReport.of(complete())));
  }

  @Test
  void should_rank_nothing_pretrained_beside_what_is_from_scratch() throws IOException {
    List<RunRecord> records = new ArrayList<>(complete().records().subList(0, 3));
    complete().records().stream()
        .skip(3)
        .forEach(
            record -> records.add(RunRecords.pretrained(record, "net.safetensors (SHA-256 0a)")));

    ExperimentReport report = ExperimentReport.of(experiment("softmax", records, List.of(), 0));

    assertThat(report.groups())
        .extracting(ArmGroup::title)
        .containsExactly("From scratch", "Pretrained: net.safetensors (SHA-256 0a)");
    assertThat(report.arms()).allSatisfy(arm -> assertThat(arm.differences()).isEmpty());
    assertGolden("pretrained.txt", TextTable.of(report));
    String text = MarkdownReport.text(report);
    assertThat(text).doesNotContain("## Difference to");
    // No table knows both arms, but for that of the training, which ranks nothing.
    for (String block : text.substring(0, text.indexOf("## Training")).split("\n\n", -1)) {
      assertThat(block.contains("softmax") && block.contains("\\_x\\_")).as(block).isFalse();
    }
    assertThat(text.split("### Pretrained: net.safetensors", -1)).hasSize(4);
  }

  @Test
  void should_compare_arms_that_build_on_the_same_and_say_on_what() {
    List<RunRecord> records =
        complete().records().stream().map(record -> RunRecords.pretrained(record, "CLIP")).toList();

    ExperimentReport report = ExperimentReport.of(experiment("softmax", records, List.of(), 0));

    assertThat(report.arms().get(1).differences()).isNotEmpty();
    assertThat(TextTable.of(report)).startsWith("Pretrained: CLIP\n").contains("vs softmax");
    assertThat(MarkdownReport.text(report))
        .contains("All runs build on what was trained before: CLIP.")
        .doesNotContain("### ");
  }

  @Test
  void should_say_which_files_are_not_the_published_ones() {
    List<RunRecord> of = complete().records();
    List<RunRecord> all =
        of.stream()
            .map(r -> RunRecords.withData(r, LabelledData.UNVERIFIED + "test.bin", "0f"))
            .toList();
    List<RunRecord> one = new ArrayList<>(of);
    one.set(0, all.get(0));

    for (List<RunRecord> some : List.of(all, one)) {
      assertThat(
              MarkdownReport.text(ExperimentReport.of(experiment("softmax", some, List.of(), 0))))
          .contains("- These files are not the published ones, by their checksums: test.bin.");
    }
    assertThat(MarkdownReport.text(ExperimentReport.of(complete())))
        .doesNotContain("not the published ones");
  }

  @Test
  void should_have_as_many_cells_in_every_row_of_a_table_if_names_have_bars() {
    String text = MarkdownReport.text(ExperimentReport.of(complete()));

    List<List<Long>> tables = new ArrayList<>();
    for (String block : text.split("\n\n", -1)) {
      if (block.startsWith("|")) {
        tables.add(
            Arrays.stream(block.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace("\\|", "").chars().filter(c -> c == '|').count())
                .distinct()
                .toList());
      }
    }

    assertThat(tables).hasSizeGreaterThan(4).allSatisfy(cells -> assertThat(cells).hasSize(1));
  }

  private static void assertGolden(String name, String text) throws IOException {
    try (var golden = ExperimentReportTest.class.getResourceAsStream(name)) {
      assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
