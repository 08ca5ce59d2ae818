package org.equipoise.evaluation.classification;

/** Refuses to count together what is over different classes. */
final class ClassAgreement {

  private ClassAgreement() {}

  static void require(String who, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          who
              + ": "
              + actual
              + " classes cannot be added to "
              + expected
              + "; predictions and train statistics must be over the same classes");
    }
  }
}
