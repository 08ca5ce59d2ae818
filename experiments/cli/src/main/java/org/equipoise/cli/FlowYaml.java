package org.equipoise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a tree as YAML on one line, as people write it into configs. */
final class FlowYaml {

  // Words that YAML reads as text; anything else is quoted.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");
  private static final Pattern TAKEN =
      Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|infinity|nan");

  private FlowYaml() {}

  /** Returns the text; keys without a value are left out, as they are in configs. */
  static String of(JsonNode node) {
    if (node.isObject()) {
      return "{" + String.join(", ", entries(node)) + "}";
    }
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(of(item)));
      return "[" + String.join(", ", items) + "]";
    }
    if (node.isTextual()) {
      String text = node.textValue();
      boolean plain = PLAIN.matcher(text).matches() && !TAKEN.matcher(text).matches();
      return plain ? text : node.toString();
    }
    return node.asText();
  }

  /** Returns the text of a mapping with a line a key. */
  static String lines(JsonNode mapping) {
    return String.join("\n", entries(mapping));
  }

  private static List<String> entries(JsonNode mapping) {
    return mapping.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
        .toList();
  }
}
