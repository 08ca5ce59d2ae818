package org.equipoise.api.loss;

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
   * Returns what is needed, in words.
   *
   * @return a noun phrase
   */
  public String words() {
    return words;
  }
}
