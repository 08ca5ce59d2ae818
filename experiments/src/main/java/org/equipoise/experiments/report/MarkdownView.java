package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.RunFailure;

/** What the template of a report is filled with: lists and maps of finished texts, unescaped. */
final class MarkdownView {

  private final ExperimentReport report;

  MarkdownView(ExperimentReport report) {
    this.report = report;
  }

  Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("experiment", report.experiment());
    model.put("baseline", report.baseline());
    model.put("arms", Integer.toString(report.arms().size()));
    model.put(
        "seeds", report.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    model.put("planned", Integer.toString(report.planned()));
    model.put("recorded", Integer.toString(report.planned() - report.missing().size()));
    model.put("oneSeed", report.seeds().size() == 1);
    model.put("lengths", lengths());
    model.put("groups", report.groups().stream().map(this::group).toList());
    model.put("grouped", report.groups().size() > 1);
    model.put("pretrained", pretrained());
    List<List<String>> differences = differences();
    model.put("differences", differences.size() > 1 ? differences : List.of());
    model.put("conflicts", report.conflicts().stream().map(MarkdownView::conflict).toList());
    model.put("lossEffects", new LossEffectRows(report).rows());
    model.put("stages", stages());
    model.put("hasClasses", !report.classes().isEmpty());
    model.put("hasOtherFigures", !report.otherFigures().isEmpty());
    model.put("unverified", String.join(", ", report.protocol().unverified()));
    model.put("common", common());
    model.put("differing", differing());
    model.put("missing", missing());
    model.put("strangers", report.strangers());
    return model;
  }

  /** Says how long each arm was trained, unless all were trained equally long. */
  private String lengths() {
    List<ArmSummary> trained = report.arms().stream().filter(arm -> arm.n() > 0).toList();
    if (trained.stream().mapToInt(ArmSummary::epochs).distinct().count() <= 1) {
      return "";
    }
    return trained.stream()
        .map(arm -> arm.arm() + " " + arm.epochs() + " epochs")
        .collect(Collectors.joining(", "));
  }

  /** Says what was trained before, if before all arms alike; else groups have titles. */
  private String pretrained() {
    List<ArmGroup> groups = report.groups();
    return groups.size() == 1 ? groups.get(0).pretrained().orElse("") : "";
  }

  private Map<String, Object> group(ArmGroup group) {
    return Map.of(
        "title",
        report.groups().size() > 1 ? group.title() : "",
        "results",
        results(group),
        "classes",
        classes(group),
        "otherFigures",
        otherFigures(group));
  }

  private static Map<String, Object> conflict(Conflict conflict) {
    return Map.of(
        "title",
        ConflictText.title(conflict),
        "what",
        conflict.what(),
        "why",
        conflict.why(),
        "open",
        conflict.standing() == Conflict.Standing.WARNING,
        "acceptance",
        conflict.acceptance());
  }

  private List<List<String>> results(ArmGroup group) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(withColumns("arm", "n"));
    for (ArmSummary arm : group.arms()) {
      List<String> row = new ArrayList<>(List.of(arm.arm(), Integer.toString(arm.n())));
      report.columns().forEach(column -> row.add(FigureText.percent(arm.figure(column))));
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> differences() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(withColumns("arm", "common seeds"));
    List<ArmSummary> comparable =
        report.groups().stream()
            .filter(group -> group.has(report.baseline()))
            .flatMap(group -> group.arms().stream())
            .toList();
    for (ArmSummary arm : comparable) {
      if (!arm.arm().equals(report.baseline())) {
        int common =
            arm.difference(FigureColumn.BALANCED_ACCURACY).map(d -> d.seeds().size()).orElse(0);
        List<String> row = new ArrayList<>(List.of(arm.arm(), Integer.toString(common)));
        report.columns().forEach(column -> row.add(FigureText.points(arm.difference(column))));
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> withColumns(String... first) {
    List<String> head = new ArrayList<>(List.of(first));
    report.columns().forEach(column -> head.add(column.title()));
    return head;
  }

  private List<List<String>> stages() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "stage", "frozen features", "epochs", "final training loss (nats)"));
    for (ArmSummary arm : report.arms()) {
      for (ArmSummary.StageSummary stage : arm.stages()) {
        rows.add(
            List.of(
                arm.arm(),
                stage.name(),
                stage.frozenFeatures().orElse(FigureText.ABSENT),
                Integer.toString(stage.epochs()),
                FigureText.number(stage.finalTrainLoss())));
      }
    }
    return rows;
  }

  private List<List<String>> classes(ArmGroup group) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("class", "group", "published n", "trained on"));
    group.arms().forEach(arm -> head.add(arm.arm()));
    rows.add(head);
    for (ClassSummary entry : report.classes()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  entry.name(),
                  entry.group().name().toLowerCase(Locale.ROOT),
                  Long.toString(entry.publishedImages()),
                  Long.toString(entry.trainImages())));
      group.arms().forEach(arm -> row.add(FigureText.percent(entry.recallOf(arm.arm()))));
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> otherFigures(ArmGroup group) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("metric", "figure"));
    group.arms().forEach(arm -> head.add(arm.arm()));
    rows.add(head);
    for (OtherFigure figure : report.otherFigures()) {
      List<String> row = new ArrayList<>(List.of(figure.metric(), figure.figure()));
      group.arms().forEach(arm -> row.add(FigureText.number(figure.of(arm.arm()))));
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> common() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("condition", "all runs"));
    report.protocol().common().forEach((what, value) -> rows.add(List.of(what, value)));
    return rows;
  }

  private List<Map<String, Object>> differing() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Protocol.Difference difference : report.protocol().differing()) {
      List<List<String>> values = new ArrayList<>();
      difference
          .values()
          .forEach((value, runs) -> values.add(List.of(value, String.join(", ", runs))));
      all.add(Map.of("what", difference.what(), "values", values));
    }
    return all;
  }

  private List<Map<String, Object>> missing() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (RunFailure failure : report.missing()) {
      all.add(
          Map.of(
              "run",
              failure.arm() + ", seed " + failure.seed(),
              "reason",
              failure.reason(),
              "log",
              failure.log()));
    }
    return all;
  }
}
