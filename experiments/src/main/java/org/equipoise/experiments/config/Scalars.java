package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.equipoise.experiments.registry.Spelling;

/** Says what is wrong with single values. */
final class Scalars {

  private static final Set<Class<?>> WHOLE =
      Set.of(
          byte.class,
          Byte.class,
          short.class,
          Short.class,
          int.class,
          Integer.class,
          long.class,
          Long.class);
  private static final Set<Class<?>> REAL =
      Set.of(float.class, Float.class, double.class, Double.class);
  private static final Set<Class<?>> TRUTH = Set.of(boolean.class, Boolean.class);

  /** What other languages read as a number, and YAML as a text. */
  private static final Pattern EXPONENT =
      Pattern.compile("([-+]?[0-9]+)(\\.[0-9]*)?[eE]([-+]?)([0-9]+)");

  private final ObjectMapper mapper;

  Scalars(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  static boolean isScalar(Class<?> type) {
    return WHOLE.contains(type)
        || REAL.contains(type)
        || TRUTH.contains(type)
        || type == String.class
        || type.isEnum();
  }

  Optional<String> complaint(JavaType type, JsonNode given) {
    Class<?> raw = type.getRawClass();
    if (raw.isEnum() && given.isTextual()) {
      List<String> names = constants(raw);
      return names.contains(given.textValue())
          ? Optional.empty()
          : Optional.of(
              "\""
                  + given.textValue()
                  + "\" is none of "
                  + String.join(", ", names)
                  + "."
                  + Spelling.hint(given.textValue(), names));
    }
    if (fits(raw, given)) {
      return Optional.empty();
    }
    return Optional.of("expected " + expected(raw) + ", found " + found(given) + hint(raw, given));
  }

  private static boolean fits(Class<?> type, JsonNode given) {
    if (WHOLE.contains(type)) {
      return given.isIntegralNumber() && inRange(type, given);
    }
    if (REAL.contains(type)) {
      return given.isNumber() && Double.isFinite(given.doubleValue());
    }
    return TRUTH.contains(type) ? given.isBoolean() : type == String.class && given.isTextual();
  }

  private static boolean inRange(Class<?> type, JsonNode given) {
    if (type == long.class || type == Long.class) {
      return given.canConvertToLong();
    }
    if (type == int.class || type == Integer.class) {
      return given.canConvertToInt();
    }
    long limit = type == short.class || type == Short.class ? Short.MAX_VALUE : Byte.MAX_VALUE;
    return given.canConvertToLong() && given.longValue() <= limit && given.longValue() >= ~limit;
  }

  /** Names what a type takes. */
  String expected(Class<?> type) {
    if (WHOLE.contains(type)) {
      return type == long.class || type == Long.class
          ? "a whole number of 64 bits"
          : "a whole number";
    }
    if (REAL.contains(type)) {
      return "a finite number";
    }
    if (TRUTH.contains(type)) {
      return "true or false";
    }
    return type.isEnum() ? "one of " + String.join(", ", constants(type)) : "a text";
  }

  private List<String> constants(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(mapper.convertValue(constant, String.class));
    }
    return names;
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

  private static String hint(Class<?> type, JsonNode given) {
    Matcher match = EXPONENT.matcher(given.isTextual() ? given.textValue() : "");
    if (!REAL.contains(type) || !match.matches()) {
      return "";
    }
    String fraction = match.group(2) == null ? ".0" : match.group(2);
    String sign = match.group(3).isEmpty() ? "+" : match.group(3);
    return "; a number with an exponent needs a point and a sign in YAML: "
        + match.group(1)
        + fraction
        + "e"
        + sign
        + match.group(4);
  }
}
