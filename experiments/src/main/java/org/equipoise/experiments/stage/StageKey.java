package org.equipoise.experiments.stage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The address of a stage's result: equal keys are equal computations.
 *
 * @param value SHA-256 of all that the result depends on, 64 hex digits in lower case
 */
public record StageKey(@JsonValue String value) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT_LENGTH = 12;

  /** Checks the form. */
  @JsonCreator
  public StageKey {
    if (!SHA256.matcher(value).matches()) {
      throw new IllegalArgumentException("stage key: expected 64 hex digits, " + value);
    }
  }

  /**
   * Returns what people see.
   *
   * @return the first 12 digits
   */
  public String brief() {
    return value.substring(0, SHORT_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
