package org.equipoise.experiments.classifier;

import java.util.List;

/**
 * What a model says of an image.
 *
 * @param candidates all classes, the likeliest first
 */
public record Classification(List<Candidate> candidates) {

  /** Copies the list and checks that there is one. */
  public Classification {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("candidates: expected at least one");
    }
  }

  /**
   * Returns the likeliest class.
   *
   * @return its name
   */
  public String label() {
    return candidates.get(0).label();
  }

  /**
   * Returns the probability of the likeliest class.
   *
   * @return a number in [0, 1]
   */
  public double probability() {
    return candidates.get(0).probability();
  }

  /**
   * A class.
   *
   * @param label its name
   * @param probability its softmax probability, in [0, 1]; {@link ModelDescription#prior} says for
   *     which class prior
   */
  public record Candidate(String label, double probability) {}
}
