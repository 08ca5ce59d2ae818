package org.equipoise.evaluation.classification;

import java.util.OptionalDouble;

/**
 * How many of some examples were hits. Immutable.
 *
 * @param hits the number of hits, in [0, examples]
 * @param examples the number of examples
 */
public record HitCount(long hits, long examples) {

  /** Checks the range. */
  public HitCount {
    if (hits < 0 || hits > examples) {
      throw new IllegalArgumentException(
          "hits: must be in [0, examples] = [0, " + examples + "], is " + hits);
    }
  }

  /**
   * Adds the counts of other examples.
   *
   * @param other the other counts
   * @return the sums
   */
  public HitCount plus(HitCount other) {
    return new HitCount(hits + other.hits, examples + other.examples);
  }

  /**
   * Returns hits / examples.
   *
   * @return a rate in [0, 1]; empty without examples
   */
  public OptionalDouble rate() {
    return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / examples);
  }
}
