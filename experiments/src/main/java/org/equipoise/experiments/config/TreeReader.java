package org.equipoise.experiments.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.equipoise.experiments.json.Misreading;

/**
 * Reads YAML or JSON into a tree, and complains about what Jackson lets pass: repeated keys, a
 * second document, and YAML's aliases, which it would read as texts.
 */
final class TreeReader {

  private static final JsonFactory YAML =
      // As YAML 1.2 has it: an arm may be called "no".
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Stands for a value that was complained about, so that nobody does again. */
  private static final JsonNode BROKEN = NODES.pojoNode("broken");

  private final Problems problems;

  TreeReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a text.
   *
   * @param place what messages call the text; empty for the file itself
   * @param text the text
   * @param yaml whether it is YAML or JSON
   * @return the tree, or nothing if the text has none; null if the text is empty
   */
  Optional<JsonNode> read(String place, String text, boolean yaml) {
    try (JsonParser parser = (yaml ? YAML : JSON).createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.of(NODES.nullNode());
      }
      JsonNode tree = value(place, parser);
      if (parser.nextToken() != null) {
        problems.add(place, "expected the end, found more at " + position(parser));
      }
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      problems.add(place, Misreading.of(e));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory needs no reading", e);
    }
  }

  /** Tells whether a value was complained about when it was read. */
  static boolean isBroken(JsonNode node) {
    return node.isPojo();
  }

  private JsonNode value(String path, JsonParser parser) throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(
          path,
          "is an alias (*"
              + parser.getText()
              + "), at "
              + position(parser)
              + "; aliases are not supported, write the value out");
      return BROKEN;
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path, parser);
      case START_ARRAY -> array(path, parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> real(parser);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(String path, JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String keyPath = Paths.key(path, key);
      if (object.has(key)) {
        problems.add(keyPath, "is there twice, again at " + position(parser));
      }
      parser.nextToken();
      object.set(key, value(keyPath, parser));
    }
    return object;
  }

  private ArrayNode array(String path, JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(Paths.index(path, array.size()), parser));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    // YAML 1.1 takes 010 for eight; nobody who writes it here means that.
    if (parser.getText().matches("[-+]?0[0-9_]+")) {
      return NODES.textNode(parser.getText());
    }
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  // YAML's .inf and .nan are announced as numbers, and then not read as such.
  private static JsonNode real(JsonParser parser) throws IOException {
    try {
      return NODES.numberNode(parser.getDoubleValue());
    } catch (JsonProcessingException e) {
      return NODES.textNode(parser.getText());
    }
  }

  private static String position(JsonParser parser) {
    return position(
        parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
  }

  private static String position(int line, int column) {
    return "line " + line + ", column " + column;
  }
}
