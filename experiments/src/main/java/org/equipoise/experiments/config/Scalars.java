package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.equipoise.experiments.registry.Spelling;

/** Says what is wrong with single values. */
final class Scalars {

  /** The types of whole numbers, with the largest of each. */
  private static final Map<Class<?>, Long> WHOLE =
      Map.of(
          byte.class, (long) Byte.MAX_VALUE,
          Byte.class, (long) Byte.MAX_VALUE,
          short.class, (long) Short.MAX_VALUE,
          Short.class, (long) Short.MAX_VALUE,
          int.class, (long) Integer.MAX_VALUE,
          Integer.class, (long) Integer.MAX_VALUE,
          long.class, Long.MAX_VALUE,
          Long.class, Long.MAX_VALUE);

  private static final Set<Class<?>> SINGLE = Set.of(float.class, Float.class);
  private static final Set<Class<?>> DOUBLE = Set.of(double.class, Double.class);
  private static final Set<Class<?>> TRUTH = Set.of(boolean.class, Boolean.class);

  private final ObjectMapper mapper;

  Scalars(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  static boolean isScalar(Class<?> type) {
    return WHOLE.containsKey(type)
        || SINGLE.contains(type)
        || DOUBLE.contains(type)
        || TRUTH.contains(type)
        || type == String.class
        || type.isEnum();
  }

  Optional<String> complaint(JavaType type, JsonNode given) {
    Class<?> raw = type.getRawClass();
    if (raw.isEnum() && given.isTextual()) {
      return unknownConstant(constants(raw), given.textValue());
    }
    if (fits(raw, given)) {
      return Optional.empty();
    }
    Long limit = given.isIntegralNumber() ? WHOLE.get(raw) : null;
    String range = limit == null ? "" : " from " + ~limit + " to " + limit;
    return Optional.of("expected " + expected(raw) + range + ", found " + found(given));
  }

  private static Optional<String> unknownConstant(List<String> known, String given) {
    return known.contains(given)
        ? Optional.empty()
        : Optional.of(
            "expected one of "
                + String.join(", ", known)
                + ", found \""
                + given
                + "\"."
                + Spelling.hint(given, known));
  }

  private static boolean fits(Class<?> type, JsonNode given) {
    Long limit = WHOLE.get(type);
    if (limit != null) {
      return given.isIntegralNumber()
          && given.canConvertToLong()
          && given.longValue() <= limit
          && given.longValue() >= ~limit;
    }
    if (SINGLE.contains(type)) {
      return given.isNumber() && Float.isFinite(given.floatValue());
    }
    if (DOUBLE.contains(type)) {
      return given.isNumber() && Double.isFinite(given.doubleValue());
    }
    return TRUTH.contains(type) ? given.isBoolean() : type == String.class && given.isTextual();
  }

  /** Returns a value that few rules refuse, for keys that have no default. */
  static Optional<JsonNode> inconspicuous(JavaType type) {
    Class<?> raw = type.getRawClass();
    return WHOLE.containsKey(raw) || SINGLE.contains(raw) || DOUBLE.contains(raw)
        ? Optional.of(IntNode.valueOf(1))
        : Optional.empty();
  }

  /** Names what a type takes. */
  String expected(Class<?> type) {
    if (WHOLE.containsKey(type)) {
      return "a whole number";
    }
    if (SINGLE.contains(type) || DOUBLE.contains(type)) {
      return "a finite number";
    }
    if (TRUTH.contains(type)) {
      return "true or false";
    }
    return type.isEnum() ? "one of " + String.join(", ", constants(type)) : "a text";
  }

  private List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> mapper.convertValue(constant, String.class))
        .toList();
  }

  /** Names what was found instead. */
  static String found(JsonNode given) {
    return switch (given.getNodeType()) {
      case STRING -> "the text \"" + given.textValue() + "\"";
      case NULL -> "nothing";
      case ARRAY -> "a list";
      case OBJECT -> "a mapping";
      default -> given.asText();
    };
  }
}
