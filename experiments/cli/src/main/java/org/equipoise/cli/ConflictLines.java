package org.equipoise.cli;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;
import org.equipoise.experiments.report.ConflictText;

/** Conflicts between parts, in the terminal. */
final class ConflictLines {

  private ConflictLines() {}

  /** Returns all there is to say, a paragraph a conflict: each title, and the rest below it. */
  static List<String> inFull(List<Conflict> conflicts) {
    List<String> lines = new ArrayList<>();
    for (Conflict conflict : conflicts) {
      List<String> text = ConflictText.lines(conflict);
      lines.add(text.get(0));
      lines.addAll(
          Columns.of(
              text.stream().skip(1).map(sentence -> new Columns.Row("", sentence)).toList()));
    }
    return lines;
  }

  /** Returns a line a conflict, for below a table; notes are in the report. */
  static List<String> brief(List<Conflict> conflicts) {
    return conflicts.stream()
        .filter(conflict -> conflict.standing() != Standing.NOTE)
        .map(conflict -> ConflictText.title(conflict) + ": " + conflict.what())
        .toList();
  }
}
