package org.equipoise.api.stats;

import java.util.Arrays;

/** The class prior pi_c of the train split: probabilities that sum to 1. Immutable. */
public final class ClassPrior {

  private final double[] probabilities;

  ClassPrior(double[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return probabilities.length;
  }

  /**
   * Returns pi_c.
   *
   * @param classId the class, 0-based
   * @return a probability in [0, 1]
   */
  public double probability(int classId) {
    return probabilities[classId];
  }

  /**
   * Returns all probabilities.
   *
   * @return a copy, length K
   */
  public double[] toArray() {
    return probabilities.clone();
  }

  /**
   * Returns log pi_c for every class, in nats.
   *
   * @return a new array, length K; negative infinity for an empty class
   */
  public double[] log() {
    return Arrays.stream(probabilities).map(Math::log).toArray();
  }

  @Override
  public String toString() {
    return "ClassPrior" + Arrays.toString(probabilities);
  }
}
