package org.equipoise.experiments.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.Collectors;

/** Says for people why a text could not be read. */
public final class Misreading {

  // Where an object began that has no end, as Jackson says it.
  private static final String SOURCE = "\\[Source: [^;]*; line: (\\d+), column: (\\d+)]";

  private Misreading() {}

  /**
   * Says what was wrong, and where.
   *
   * @param e what the reader of JSON or YAML threw
   * @return such as {@code line 3, column 5: Unexpected character ...}, on one line; without a
   *     position if the text was well-formed and its content is the matter
   */
  public static String of(JsonProcessingException e) {
    // YAML messages show the text around the place between their own lines, indented.
    String reason =
        String.valueOf(e.getOriginalMessage())
            .lines()
            .filter(line -> !line.startsWith(" "))
            .collect(Collectors.joining(": "))
            .replaceAll(SOURCE, "line $1, column $2");
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? reason
        : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + reason;
  }
}
