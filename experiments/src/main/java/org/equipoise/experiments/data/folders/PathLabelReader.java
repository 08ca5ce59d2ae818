package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.experiments.data.folders.ListLines.MalformedLineException;

/** Reads lists of a file and its class id a line. */
final class PathLabelReader {

  private PathLabelReader() {}

  static ListedFile read(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    // Few different ones among many: each is kept once.
    Map<String, String> known = new HashMap<>();
    ListLines.read(
        file,
        (number, line) -> {
          String text = line.strip();
          int space = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
          if (space < 0 || !text.substring(space + 1).matches("[0-9]{1,9}")) {
            throw new MalformedLineException(
                "\"" + text + "\": expected a path, a space and a class id");
          }
          names.add(ListLines.path(text.substring(0, space)));
          String label = Integer.toString(Integer.parseInt(text.substring(space + 1)));
          labels.add(known.computeIfAbsent(label, same -> same));
        });
    return new ListedFile(names, labels, Map.of());
  }
}
