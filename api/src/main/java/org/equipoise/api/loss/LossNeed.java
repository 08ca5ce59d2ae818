package org.equipoise.api.loss;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a loss must be given beside K logits, targets and features, which every stage of a method
 * has.
 */
public enum LossNeed {
  /** {@link LossInput#teacher}. */
  TEACHER("the outputs of a teacher"),
  /** {@link LossInput#objectness}. */
  OBJECTNESS("the objectness logits of a detector"),
  /** Logits wider than the number of classes. */
  MORE_COLUMNS("logits with columns beyond those of the classes, as of a detector");

  private final String words;

  LossNeed(String words) {
    this.words = words;
  }

  /**
   * Says what is needed.
   *
   * @param needs what {@link BoundLoss#needs} says
   * @return noun phrases with "and" between them; empty if nothing is needed
   */
  public static String words(Set<LossNeed> needs) {
    return needs.stream().map(need -> need.words).collect(Collectors.joining(" and "));
  }
}
