package org.equipoise.api;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a part does to one class, in words and numbers.
 *
 * @param classId the class, 0-based
 * @param summary one sentence for people
 * @param numbers the quantities behind the sentence by name, such as {@code logitShift}; each in
 *     the unit its name says (logits and losses in nats)
 */
public record Explanation(int classId, String summary, SortedMap<String, Double> numbers) {

  /** Copies the numbers. */
  public Explanation {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  /**
   * Returns an explanation without numbers.
   *
   * @param classId the class, 0-based
   * @param summary one sentence for people
   * @return the explanation
   */
  public static Explanation of(int classId, String summary) {
    return new Explanation(classId, summary, new TreeMap<>());
  }

  /**
   * Returns this explanation with one number more.
   *
   * @param name the quantity's name
   * @param value its value
   * @return a new explanation
   */
  public Explanation with(String name, double value) {
    SortedMap<String, Double> more = new TreeMap<>(numbers);
    more.put(name, value);
    return new Explanation(classId, summary, more);
  }

  /**
   * Returns words and numbers as one text.
   *
   * @return the summary, and behind it the numbers with four significant digits, in parentheses
   */
  public String text() {
    if (numbers.isEmpty()) {
      return summary;
    }
    return numbers.entrySet().stream()
        .map(number -> String.format(Locale.ROOT, "%s %.4g", number.getKey(), number.getValue()))
        .collect(Collectors.joining(", ", summary + " (", ")"));
  }
}
