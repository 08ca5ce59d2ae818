package org.equipoise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/** What a loss does to a common, a middling and a rare class. */
final class LossExplanation {

  static final ClassCounts COUNTS = ClassCounts.of(1000, 100, 10);

  private LossExplanation() {}

  static List<Columns.Row> of(LossSpec loss) {
    BoundLoss bound = loss.bind(TrainStatistics.of(COUNTS));
    List<Columns.Row> rows = new ArrayList<>();
    for (int c = 0; c < COUNTS.classes(); c++) {
      rows.add(new Columns.Row("n_c = " + COUNTS.count(c), sentence(bound.explain(c))));
    }
    return rows;
  }

  private static String sentence(Explanation explanation) {
    if (explanation.numbers().isEmpty()) {
      return explanation.summary();
    }
    return explanation.numbers().entrySet().stream()
        .map(number -> number.getKey() + " " + round(number.getValue()))
        .collect(Collectors.joining(", ", explanation.summary() + " (", ")"));
  }

  private static String round(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
