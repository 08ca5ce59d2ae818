package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.experiments.data.folders.ListLines.MalformedLineException;

/** Reads lists of comma-separated values with a header. */
final class CsvReader {

  private static final String PATH = "path";
  private static final String LABEL = "label";
  private static final String SPLIT = "split";
  private static final Set<String> SPLITS =
      Set.of(FolderScan.TRAIN, FolderScan.VAL, FolderScan.TEST);

  private final String split;
  private final List<String> names = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  // Few different ones among many: each is kept once.
  private final Map<String, String> known = new HashMap<>();
  private List<String> header = List.of();

  private CsvReader(String split) {
    this.split = split;
  }

  static ListedFile read(Path file, String split) throws IOException {
    CsvReader reader = new CsvReader(split);
    ListLines.read(file, (number, line) -> reader.line(line));
    return new ListedFile(reader.names, reader.labels, Map.of());
  }

  private void line(String line) throws MalformedLineException {
    List<String> fields = fields(line);
    if (header.isEmpty()) {
      header = fields.stream().map(String::strip).toList();
      if (!header.contains(PATH) || !header.contains(LABEL)) {
        throw new MalformedLineException(
            "columns "
                + String.join(", ", header)
                + "; expected a header with path and label, and split if one file has all splits");
      }
      return;
    }
    if (!header.contains(PATH) || !header.contains(LABEL)) {
      return;
    }
    if (fields.size() != header.size()) {
      throw new MalformedLineException(
          fields.size() + " fields; expected " + header.size() + " as in the header");
    }
    if (isOfSplit(fields)) {
      String label = fields.get(header.indexOf(LABEL)).strip();
      if (label.isEmpty()) {
        throw new MalformedLineException("no label");
      }
      names.add(ListLines.path(fields.get(header.indexOf(PATH))));
      labels.add(known.computeIfAbsent(label, same -> same));
    }
  }

  private boolean isOfSplit(List<String> fields) throws MalformedLineException {
    int column = header.indexOf(SPLIT);
    if (column < 0) {
      return true;
    }
    String own = fields.get(column).strip();
    if (!SPLITS.contains(own)) {
      throw new MalformedLineException("split \"" + own + "\": expected train, val or test");
    }
    return own.equals(split);
  }

  private static List<String> fields(String line) throws MalformedLineException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new MalformedLineException("a double quote that is not closed");
    }
    fields.add(field.toString());
    return fields;
  }
}
