package org.equipoise.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One golden file: an item, its hyperparameters and its cases. */
public final class GoldenFile {

  private static final List<String> KEYS = List.of("name", "formula", "source", "config", "cases");

  private final String fileName;
  private final JsonNode root;

  GoldenFile(String fileName, JsonNode root) {
    this.fileName = fileName;
    this.root = root;
    TreeSet<String> keys = new TreeSet<>();
    root.fieldNames().forEachRemaining(keys::add);
    if (!keys.equals(new TreeSet<>(KEYS))) {
      throw new IllegalArgumentException(
          fileName + ": a golden file has the keys " + KEYS + ", this one has " + keys);
    }
  }

  /**
   * Returns the file's name, for messages only.
   *
   * @return such as {@code loss.ldam__s30.json}
   */
  public String fileName() {
    return fileName;
  }

  /**
   * Returns the name of the item that is tested.
   *
   * @return such as {@code loss.ldam}
   */
  public String name() {
    return root.get("name").textValue();
  }

  /**
   * Returns the item's definition.
   *
   * @return one line; binding
   */
  public String formula() {
    return root.get("formula").textValue();
  }

  /**
   * Returns the cases; each call gives fresh ones, of which no key is read yet.
   *
   * @return the cases in the file's order
   */
  public List<GoldenCase> cases() {
    List<GoldenCase> cases = new ArrayList<>();
    for (Iterator<JsonNode> it = root.get("cases").elements(); it.hasNext(); ) {
      JsonNode node = it.next();
      String id = node.path("id").asText();
      String where = fileName + "/" + id;
      cases.add(
          new GoldenCase(
              id,
              new GoldenObject(fileName + ".config", root.get("config")),
              new GoldenObject(where + ".inputs", node.path("inputs")),
              new GoldenObject(where + ".expected", node.path("expected")),
              Optional.ofNullable(node.get("note"))
                  .map(note -> note.isTextual() ? note.textValue() : note.toString())));
    }
    return List.copyOf(cases);
  }

  @Override
  public String toString() {
    return fileName;
  }
}
