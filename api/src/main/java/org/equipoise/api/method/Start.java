package org.equipoise.api.method;

/** Where the weights of a stage come from. */
public sealed interface Start {

  /** Fresh weights, drawn from the run's streams. */
  record Fresh() implements Start {}

  /**
   * The weights at the end of an earlier stage.
   *
   * @param stage the earlier stage's name
   * @param head what becomes of the head
   */
  record After(String stage, HeadStart head) implements Start {}

  /** What becomes of the head of an earlier stage. */
  enum HeadStart {
    /** Its weights are taken over. */
    KEEP,
    /**
     * The rows of the classifier are taken over, and nothing else of it: a bias is left behind, and
     * what the head has besides rows starts fresh.
     */
    KEEP_ROWS,
    /** It starts from fresh weights. */
    REINITIALISE
  }
}
