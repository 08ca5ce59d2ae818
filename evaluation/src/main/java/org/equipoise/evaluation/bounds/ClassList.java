package org.equipoise.evaluation.bounds;

import java.util.List;
import java.util.stream.Collectors;

/** Class ids in a sentence; of many, the first few. */
final class ClassList {

  private static final int SHOWN = 10;

  private ClassList() {}

  static String of(List<Integer> classes) {
    if (classes.isEmpty()) {
      return "none";
    }
    String shown =
        classes.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    int more = classes.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
