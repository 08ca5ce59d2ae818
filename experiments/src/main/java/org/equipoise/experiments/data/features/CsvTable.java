package org.equipoise.experiments.data.features;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.experiments.files.TextFile;

/**
 * Reads tables from text files: a header line whose first column is {@code label}, then a line a
 * row, the class id and D decimal numbers, separated by commas.
 *
 * <p>UTF-8, with or without a byte order mark; no quotes, no empty cells, no empty lines.
 */
final class CsvTable {

  private static final String LABEL = "label";

  private final Path file;
  private final int width;
  private float[] values = new float[1 << 12];
  private int[] labels = new int[1 << 8];
  private int rows;

  private CsvTable(Path file, int width) {
    this.file = file;
    this.width = width;
  }

  static Table read(Path file) throws IOException {
    try (BufferedReader lines = TextFile.open(file)) {
      String header = lines.readLine();
      if (header == null || !header.startsWith(LABEL + ",")) {
        throw new IOException(
            file
                + ": line 1 is "
                + (header == null ? "missing" : "\"" + brief(header) + "\"")
                + "; expected the names of the columns, "
                + LABEL
                + " first: "
                + LABEL
                + ",f0,f1,...");
      }
      CsvTable table = new CsvTable(file, (int) header.chars().filter(c -> c == ',').count());
      String line = lines.readLine();
      while (line != null) {
        table.add(line);
        line = lines.readLine();
      }
      return table.finished();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected text in UTF-8", e);
    }
  }

  private void add(String line) throws IOException {
    long needed = (long) (rows + 1) * width;
    if (needed > Integer.MAX_VALUE - 8) {
      throw wrong("has more values than fit; use safetensors, or fewer columns");
    }
    values = grown(values, (int) needed);
    if (rows == labels.length) {
      labels = Arrays.copyOf(labels, 2 * rows);
    }
    int cell = 0;
    int start = 0;
    while (start <= line.length()) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      if (cell > width) {
        throw wrong("has more than " + (width + 1) + " cells, as many as line 1 names");
      }
      String text = line.substring(start, end);
      if (cell == 0) {
        labels[rows] = label(text);
      } else {
        values[rows * width + cell - 1] = value(text, cell + 1);
      }
      cell++;
      start = end + 1;
    }
    if (cell <= width) {
      throw wrong("has " + cell + " cells; expected " + (width + 1) + ", as many as line 1 names");
    }
    rows++;
  }

  private static float[] grown(float[] array, int needed) {
    if (needed <= array.length) {
      return array;
    }
    long doubled = Math.min(2L * array.length, Integer.MAX_VALUE - 8);
    return Arrays.copyOf(array, (int) Math.max(doubled, needed));
  }

  private int label(String text) throws IOException {
    // Nine digits are within an int.
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong("has the label \"" + brief(text) + "\"; expected a class id: 0, 1, 2, ...");
    }
    return Integer.parseInt(text);
  }

  // Java's parser also takes "1f", "0x1p3", " 1" and "NaN".
  private float value(String text, int column) throws IOException {
    float value = isDecimal(text) ? parsed(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw wrong(
          "column " + column + " is \"" + brief(text) + "\"; expected a finite decimal number");
    }
    return value;
  }

  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static float parsed(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  // Row 0 is on line 2.
  private IOException wrong(String what) {
    return new IOException(file + ": line " + (rows + 2) + " " + what);
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private Table finished() throws IOException {
    if (rows == 0) {
      throw new IOException(file + ": has a header and no rows");
    }
    return new Table(
        Arrays.copyOf(values, rows * width), width, Arrays.copyOf(labels, rows), Optional.empty());
  }
}
