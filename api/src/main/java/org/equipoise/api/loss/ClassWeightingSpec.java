package org.equipoise.api.loss;

import org.equipoise.api.Named;
import org.equipoise.api.stats.ClassCounts;

/** A rule for one weight a class. */
public interface ClassWeightingSpec extends Named {

  /**
   * Returns the weights.
   *
   * @param counts the class counts of what is trained on
   * @return one weight a class, each &gt; 0; what they are normalised over is said by the part
   * @throws IllegalArgumentException if the rule is not defined for such counts
   */
  double[] weights(ClassCounts counts);

  /**
   * Returns the weights of one epoch, for rules that change over a stage.
   *
   * @param counts the class counts of what is trained on
   * @param epoch the epoch, 0-based
   * @param epochs the length of the stage, in epochs
   * @return one weight a class, each &gt; 0; those of {@link #weights(ClassCounts)} unless
   *     overridden
   * @throws IllegalArgumentException if the rule is not defined for such counts, or such a length
   */
  default double[] weights(ClassCounts counts, int epoch, int epochs) {
    return weights(counts);
  }
}
