package org.equipoise.experiments.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * JSON that equal values share: keys sorted, no white space, each number in its shortest form.
 *
 * <p>It is what is hashed, never what is stored. Hash records: a part says its name only where its
 * kind is declared, as a record's component is, and not in a map or list that may hold anything.
 */
public final class CanonicalJson {

  private final ObjectMapper mapper;

  /**
   * Writes with a mapper.
   *
   * @param mapper a mapper as from {@link Json#mapper}
   */
  public CanonicalJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Returns the canonical form of a value.
   *
   * @param value a record or tree
   * @return one line
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  public String text(Object value) {
    try {
      return mapper.writeValueAsString(sorted(mapper.valueToTree(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns the SHA-256 of the canonical form.
   *
   * @param value a record or tree
   * @return 64 hex digits
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  public String sha256(Object value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> children = new TreeMap<>();
      object.properties().forEach(e -> children.put(e.getKey(), sorted(e.getValue())));
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      copy.setAll(children);
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> copy.add(sorted(element)));
      return copy;
    }
    return node;
  }
}
