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
    /** It starts from fresh weights. */
    REINITIALISE
  }
}
