package org.equipoise.experiments.record;

/**
 * Parts of an arm that work against each other or against a fair comparison, found when its
 * experiment was planned.
 *
 * @param kind which conflict it is, the name by which an arm accepts it
 * @param arm the arm's id
 * @param stage the stage's name
 * @param standing how it is to be taken
 * @param what which parts do what, with figures
 * @param why what follows from it, where that is known from, and what to do instead
 */
public record Conflict(
    String kind, String arm, String stage, Standing standing, String what, String why) {

  /** How a conflict is to be taken. */
  public enum Standing {
    /** Nobody said that it is meant. */
    WARNING,
    /** The arm accepts it by name. */
    ACCEPTED,
    /** It looks like a conflict and is none. */
    NOTE
  }

  /**
   * Returns the same conflict, accepted; a note needs no acceptance and stays one.
   *
   * @return a new conflict
   */
  public Conflict accepted() {
    return standing == Standing.NOTE
        ? this
        : new Conflict(kind, arm, stage, Standing.ACCEPTED, what, why);
  }

  /**
   * Returns what an arm has to say to accept it.
   *
   * @return a line of a config
   */
  public String acceptance() {
    return "accept: [" + kind + "]";
  }
}
