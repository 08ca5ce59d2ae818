package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One override, such as {@code arms[0].method.loss.tau=0.5}, laid over the tree of a file. */
final class Assignment {

  private static final String KEY = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String INDEX = "\\[[0-9]{1,6}\\]";
  private static final Pattern PATH =
      Pattern.compile(KEY + "(" + INDEX + ")*(\\." + KEY + "(" + INDEX + ")*)*");
  private static final Pattern STEP = Pattern.compile(KEY + "|" + INDEX);

  private final String text;
  private final Problems problems;

  private Assignment(String text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  /** Changes the tree, or complains about the override. */
  static void apply(String text, ObjectNode tree, Problems problems) {
    new Assignment(text, problems).apply(tree);
  }

  private void apply(ObjectNode tree) {
    int equals = text.indexOf('=');
    String path = equals < 0 ? "" : text.substring(0, equals).strip();
    if (!PATH.matcher(path).matches()) {
      fail("expected PATH=VALUE, such as arms[0].method.loss.tau=0.5 or seeds=[1,2]");
      return;
    }
    String value = text.substring(equals + 1);
    Optional<JsonNode> parsed = new TreeReader(problems).read(place(), value, true);
    List<String> steps = STEP.matcher(path).results().map(step -> step.group()).toList();
    parsed.ifPresent(node -> set(tree, steps, node));
  }

  private void set(ObjectNode tree, List<String> steps, JsonNode value) {
    JsonNode node = tree;
    String path = "";
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i);
      boolean last = i == steps.size() - 1;
      boolean inList = step.startsWith("[");
      if (inList ? !isEntry(path, node, index(step)) : !isMapping(path, node)) {
        return;
      }
      path = inList ? path + step : Paths.key(path, step);
      if (last) {
        put(node, step, value);
      } else if (inList) {
        node = node.get(index(step));
      } else {
        ObjectNode mapping = (ObjectNode) node;
        // A list cannot be begun by an override: what it would replace could not be seen.
        if (!mapping.hasNonNull(step) && !steps.get(i + 1).startsWith("[")) {
          mapping.putObject(step);
        }
        node = mapping.path(step);
      }
    }
  }

  private static void put(JsonNode node, String step, JsonNode value) {
    if (node instanceof ArrayNode list) {
      list.set(index(step), value);
    } else {
      ((ObjectNode) node).set(step, value);
    }
  }

  private boolean isMapping(String path, JsonNode node) {
    if (!node.isObject()) {
      fail(path + " is " + Scalars.found(node) + " and has no keys");
    }
    return node.isObject();
  }

  private boolean isEntry(String path, JsonNode node, int index) {
    if (node.isMissingNode() || node.isNull()) {
      fail(path + " is not in the file; give the whole list: " + path + "=[...]");
    } else if (!node.isArray()) {
      fail(path + " is " + Scalars.found(node) + ", not a list");
    } else if (index >= node.size()) {
      fail(path + " has " + node.size() + " entries, counted from 0");
    }
    return node.isArray() && index < node.size();
  }

  private static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }

  private String place() {
    return "override \"" + text + "\"";
  }

  private void fail(String why) {
    problems.add(place(), why);
  }
}
