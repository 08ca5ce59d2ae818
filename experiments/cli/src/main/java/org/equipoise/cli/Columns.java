package org.equipoise.cli;

import java.util.ArrayList;
import java.util.List;

/** Lays out names with a text beside each, wrapped to a fixed width. */
final class Columns {

  private static final int WIDTH = 100;
  private static final int GAP = 2;

  private Columns() {}

  /** Returns the lines, indented. */
  static List<String> of(List<Row> rows) {
    return of(rows, WIDTH);
  }

  /** Returns the lines, indented, of at most so many columns if words allow. */
  static List<String> of(List<Row> rows, int width) {
    int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int textAt = GAP + names + GAP;
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      String left = " ".repeat(GAP) + row.name();
      for (String part : wrap(row.text(), width - textAt)) {
        lines.add(left + " ".repeat(textAt - left.length()) + part);
        left = "";
      }
    }
    return lines;
  }

  /** Breaks at spaces; a word that is too long stays whole. */
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  record Row(String name, String text) {}
}
