package org.equipoise.cli;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/** What a loss does to a common, a middling and a rare class, to one example, and to none. */
final class LossExplanation {

  static final ClassCounts COUNTS = ClassCounts.of(1000, 100, 10, 1);
  private static final ClassCounts WITH_EMPTY = ClassCounts.of(1000, 100, 10, 1, 0);

  private LossExplanation() {}

  static List<Columns.Row> of(LossSpec loss) {
    BoundLoss bound = loss.bind(TrainStatistics.of(COUNTS));
    List<Columns.Row> rows = new ArrayList<>();
    for (int c = 0; c < COUNTS.classes(); c++) {
      rows.add(new Columns.Row("n_c = " + COUNTS.count(c), bound.explain(c).text()));
    }
    rows.add(new Columns.Row("n_c = 0", ofEmptyClass(loss)));
    return rows;
  }

  /** Returns what it needs beside what every stage of a method has, in words; or nothing. */
  static String needs(LossSpec loss) {
    return LossNeed.words(loss.bind(TrainStatistics.of(COUNTS)).needs());
  }

  // Beside the others, because most losses are not defined at all once there is such a class.
  private static String ofEmptyClass(LossSpec loss) {
    try {
      int last = WITH_EMPTY.classes() - 1;
      return loss.bind(TrainStatistics.of(WITH_EMPTY)).explain(last).text();
    } catch (IllegalArgumentException e) {
      return "Refused: " + e.getMessage();
    }
  }
}
