package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers problems, and puts them into the order of the file. */
final class Problems {

  private final List<Problem> gathered = new ArrayList<>();

  void add(String path, String text) {
    gathered.add(new Problem(path, text));
  }

  void addAll(List<Problem> others) {
    gathered.addAll(others);
  }

  boolean isEmpty() {
    return gathered.isEmpty();
  }

  /**
   * Returns the problems by position; one about a key that is missing stands where its parent is.
   */
  List<Problem> inOrderOf(JsonNode tree) {
    Map<String, Integer> positions = new HashMap<>();
    number("", tree, positions);
    return gathered.stream()
        .sorted(Comparator.comparingInt(problem -> position(problem.path(), positions)))
        .toList();
  }

  private static void number(String path, JsonNode node, Map<String, Integer> positions) {
    positions.put(path, positions.size());
    node.properties().forEach(e -> number(Paths.key(path, e.getKey()), e.getValue(), positions));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        number(Paths.index(path, i), node.get(i), positions);
      }
    }
  }

  private static int position(String path, Map<String, Integer> positions) {
    String known = path;
    while (!positions.containsKey(known)) {
      known = Paths.parent(known);
    }
    return positions.get(known);
  }
}
