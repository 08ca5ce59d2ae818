package org.equipoise.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A JSON object of a golden file that notes which of its keys were read, so that a key which nobody
 * knows cannot be skipped by mistake.
 *
 * <p>{@code null} inside an array is undefined, and read as NaN. Not safe for use by several
 * threads.
 */
public final class GoldenObject {

  private final String where;
  private final JsonNode node;
  private final Set<String> unread = new TreeSet<>();
  private final List<GoldenObject> children = new ArrayList<>();

  GoldenObject(String where, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(where + ": expected a JSON object, found " + node);
    }
    this.where = where;
    this.node = node;
    node.fieldNames().forEachRemaining(unread::add);
  }

  /**
   * Says whether a key is there and not null; an absent or null key counts as read.
   *
   * @param key the key
   * @return true if it has a value
   */
  public boolean has(String key) {
    boolean present = node.hasNonNull(key);
    if (!present) {
      unread.remove(key);
    }
    return present;
  }

  /**
   * Returns all keys; none counts as read.
   *
   * @return the keys in the order of the file
   */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return List.copyOf(keys);
  }

  /**
   * Returns a number.
   *
   * @param key the key
   * @return its value
   */
  public double number(String key) {
    return number(get(key), key);
  }

  /**
   * Returns a number that may be null.
   *
   * @param key a key that must be there
   * @return its value; empty for null
   */
  public OptionalDouble optionalNumber(String key) {
    JsonNode value = get(key);
    return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(number(value, key));
  }

  /**
   * Returns an integer.
   *
   * @param key the key
   * @return its value
   */
  public int integer(String key) {
    return Math.toIntExact(integer(get(key), key));
  }

  /**
   * Returns a truth value.
   *
   * @param key the key
   * @return its value
   */
  public boolean flag(String key) {
    JsonNode value = get(key);
    if (!value.isBoolean()) {
      throw wrongType(key, "true or false", value);
    }
    return value.booleanValue();
  }

  /**
   * Returns an array of truth values.
   *
   * @param key the key
   * @return a new list
   */
  public List<Boolean> flags(String key) {
    return elements(key)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrongType(key, "true or false", value);
              }
              return value.booleanValue();
            })
        .toList();
  }

  /**
   * Returns a text.
   *
   * @param key the key
   * @return its value
   */
  public String text(String key) {
    JsonNode value = get(key);
    if (!value.isTextual()) {
      throw wrongType(key, "a text", value);
    }
    return value.textValue();
  }

  /**
   * Returns an array of integers.
   *
   * @param key the key
   * @return a new array
   */
  public int[] ints(String key) {
    return elements(key).mapToInt(e -> Math.toIntExact(integer(e, key))).toArray();
  }

  /**
   * Returns an array of integers.
   *
   * @param key the key
   * @return a new array
   */
  public long[] longs(String key) {
    return elements(key).mapToLong(e -> integer(e, key)).toArray();
  }

  /**
   * Returns an array of numbers.
   *
   * @param key the key
   * @return a new array; NaN where the file has null
   */
  public double[] vector(String key) {
    return elements(key).mapToDouble(e -> numberOrNaN(e, key)).toArray();
  }

  /**
   * Returns an array of rows.
   *
   * @param key the key
   * @return new arrays; NaN where the file has null
   */
  public double[][] matrix(String key) {
    return elements(key)
        .map(row -> stream(row, key).mapToDouble(e -> numberOrNaN(e, key)).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Returns rows of integers, of any lengths.
   *
   * @param key the key
   * @return new arrays
   */
  public int[][] intRows(String key) {
    return elements(key)
        .map(row -> stream(row, key).mapToInt(e -> Math.toIntExact(integer(e, key))).toArray())
        .toArray(int[][]::new);
  }

  /**
   * Returns an object inside this one; its keys are to be read as well.
   *
   * @param key the key
   * @return the object
   */
  public GoldenObject object(String key) {
    GoldenObject child = new GoldenObject(where + "." + key, get(key));
    children.add(child);
    return child;
  }

  /**
   * Returns an array of objects; their keys are to be read as well.
   *
   * @param key the key
   * @return the objects in order
   */
  public List<GoldenObject> objects(String key) {
    List<GoldenObject> list = new ArrayList<>();
    elements(key).forEach(e -> list.add(new GoldenObject(where + "." + key, e)));
    children.addAll(list);
    return List.copyOf(list);
  }

  /**
   * Fails if a key was never asked for, here or in an object that was taken out of here.
   *
   * @throws AssertionError naming the keys
   */
  public void requireAllRead() {
    assertThat(unread).as("%s: keys that the test does not know", where).isEmpty();
    children.forEach(GoldenObject::requireAllRead);
  }

  private JsonNode get(String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          where + ": no key \"" + key + "\"; there are " + new TreeSet<>(keys()));
    }
    unread.remove(key);
    return value;
  }

  private Stream<JsonNode> elements(String key) {
    return stream(get(key), key);
  }

  private Stream<JsonNode> stream(JsonNode array, String key) {
    if (!array.isArray()) {
      throw wrongType(key, "an array", array);
    }
    return StreamSupport.stream(array.spliterator(), false);
  }

  private double numberOrNaN(JsonNode value, String key) {
    return value.isNull() ? Double.NaN : number(value, key);
  }

  private double number(JsonNode value, String key) {
    if (!value.isNumber()) {
      throw wrongType(key, "a number", value);
    }
    return value.doubleValue();
  }

  private long integer(JsonNode value, String key) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongType(key, "an integer", value);
    }
    return value.longValue();
  }

  private IllegalArgumentException wrongType(String key, String expected, JsonNode found) {
    return new IllegalArgumentException(
        where + "." + key + ": expected " + expected + ", found " + found);
  }

  @Override
  public String toString() {
    return where;
  }
}
