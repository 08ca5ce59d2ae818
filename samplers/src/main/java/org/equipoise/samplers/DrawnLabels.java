package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.sampling.LabelIndex;

/** What draws bring where examples have several labels. */
final class DrawnLabels {

  private DrawnLabels() {}

  /**
   * Refuses a split of which nothing can be learned.
   *
   * @throws IllegalArgumentException if there is no label at all
   */
  static void requireAny(String who, LabelIndex index) {
    if (index.counts().total() == 0) {
      throw new IllegalArgumentException(
          who + ": none of the " + index.examples() + " examples has a label; expected some");
    }
  }

  /**
   * Returns the share of each class among the labels drawn, in expectation.
   *
   * @param index labels of the split, at least one
   * @param weights how often each example is drawn, up to a common factor
   * @return probabilities, length K
   */
  static double[] shares(LabelIndex index, double[] weights) {
    double[] shares = new double[index.classes()];
    for (int c = 0; c < shares.length; c++) {
      for (int rank = 0; rank < index.count(c); rank++) {
        shares[c] += weights[index.example(c, rank)];
      }
    }
    double sum = Arrays.stream(shares).sum();
    Arrays.setAll(shares, c -> shares[c] / sum);
    return shares;
  }
}
