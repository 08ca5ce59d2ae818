package org.equipoise.api.stats;

/** Thrown where a class without training examples makes a part meaningless. */
public final class EmptyClassException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the part and the class.
   *
   * @param who the part that refuses
   * @param classId the empty class, 0-based
   */
  public EmptyClassException(String who, int classId) {
    super(
        who
            + ": class "
            + classId
            + " has no training example; remove the class or give it at least one example");
  }
}
