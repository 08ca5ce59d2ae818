package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table for the terminal: columns aligned by characters, no colour, no trailing blanks.
 *
 * <p>The first column is aligned left, the others right.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * Lays out the results of an experiment: one line an arm, in percent; a table for each group of
   * arms that may be ranked beside each other.
   *
   * @param report the report
   * @return lines, each ended by a line feed
   */
  public static String of(ExperimentReport report) {
    List<ArmGroup> groups = report.groups();
    if (groups.size() == 1 && groups.get(0).pretrained().isEmpty()) {
      return table(report, groups.get(0));
    }
    return groups.stream()
        .map(group -> group.title() + "\n" + table(report, group))
        .collect(Collectors.joining("\n"));
  }

  private static String table(ExperimentReport report, ArmGroup group) {
    // Nothing here may be compared with a baseline that stands elsewhere.
    boolean compared = group.has(report.baseline());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("arm", "n"));
    report.columns().forEach(column -> head.add(column.title()));
    if (compared) {
      head.add("vs " + report.baseline());
    }
    rows.add(head);
    for (ArmSummary arm : group.arms()) {
      List<String> row = new ArrayList<>(List.of(arm.arm(), Integer.toString(arm.n())));
      report.columns().forEach(column -> row.add(FigureText.percent(arm.figure(column))));
      if (compared) {
        row.add(FigureText.points(arm.difference(FigureColumn.BALANCED_ACCURACY)));
      }
      rows.add(row);
    }
    return layout(rows);
  }

  /**
   * Lays out rows of one length, the first of them the heads.
   *
   * @param rows the cells
   * @return lines, each ended by a line feed
   */
  public static String layout(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], width(row.get(c)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String blanks = " ".repeat(widths[c] - width(row.get(c)));
        line.append(c == 0 ? "" : GAP).append(c == 0 ? row.get(c) + blanks : blanks + row.get(c));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
