package org.equipoise.api;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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
}
