package org.equipoise.api.stats;

import java.util.Arrays;

/** A class prior pi_c, of a train split or of what a sampler draws from it. Immutable. */
public final class ClassPrior {

  private static final double SUM_TOLERANCE = 1e-9;

  private final double[] probabilities;

  ClassPrior(double[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * Returns a prior of these probabilities.
   *
   * @param probabilities one a class, each &gt;= 0, summing to 1 within 1e-9; copied
   * @return the prior
   * @throws IllegalArgumentException if they are no probabilities
   */
  public static ClassPrior of(double... probabilities) {
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      if (!(probabilities[c] >= 0)) {
        throw new IllegalArgumentException(
            "class prior: class " + c + " has " + probabilities[c] + "; a probability is >= 0");
      }
      sum += probabilities[c];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "class prior: the probabilities sum to " + sum + "; expected 1");
    }
    return new ClassPrior(probabilities.clone());
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
  public boolean equals(Object other) {
    return other instanceof ClassPrior that && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "ClassPrior" + Arrays.toString(probabilities);
  }
}
