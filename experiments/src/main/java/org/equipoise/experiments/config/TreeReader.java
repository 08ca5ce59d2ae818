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

/**
 * Reads YAML or JSON into a tree, and complains about what Jackson lets pass: repeated keys, a
 * second document, and YAML's aliases, which it would read as texts.
 */
final class TreeReader {

  private static final JsonFactory YAML = new YAMLFactory();
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Problems problems;

  TreeReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the tree, or nothing if the text is none; {@code place} is for messages. */
  Optional<JsonNode> read(String place, String text, boolean yaml) {
    try (JsonParser parser = (yaml ? YAML : JSON).createParser(text)) {
      if (parser.nextToken() == null) {
        problems.add(place, "is empty");
        return Optional.empty();
      }
      JsonNode tree = value(place, parser);
      if (parser.nextToken() != null) {
        problems.add(place, "goes on after its end, at " + position(parser));
      }
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      problems.add(place, syntax(e));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory needs no reading", e);
    }
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
      return NODES.nullNode();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path, parser);
      case START_ARRAY -> array(path, parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
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
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static String position(JsonParser parser) {
    return position(
        parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
  }

  private static String position(int line, int column) {
    return "line " + line + ", column " + column;
  }

  private static String syntax(JsonProcessingException e) {
    // YAML messages repeat the text around the place over several lines.
    String reason = e.getOriginalMessage().lines().findFirst().orElse("not readable");
    return e.getLocation() == null
        ? reason
        : position(e.getLocation().getLineNr(), e.getLocation().getColumnNr()) + ": " + reason;
  }
}
