package org.equipoise.api.loss;

import java.util.Arrays;
import org.equipoise.api.stats.ClassCounts;

/**
 * What class weights average to 1 over.
 *
 * <p>The choice is not cosmetic. With a class mean of 1, the many examples of the head classes have
 * weights far below 1, so the mean EXAMPLE weight of a long tail is far below 1 and acts as a lower
 * learning rate. With an example mean of 1 the learning rate means what it says.
 */
public enum WeightNormalisation {
  /** The weights sum to the number of classes, as published for the effective number. */
  CLASS_MEAN {
    @Override
    double mean(double[] weights, ClassCounts counts) {
      return Arrays.stream(weights).average().orElseThrow();
    }
  },
  /** The weights average to 1 over the training examples. */
  EXAMPLE_MEAN {
    @Override
    double mean(double[] weights, ClassCounts counts) {
      double sum = 0;
      for (int c = 0; c < weights.length; c++) {
        sum += weights[c] * counts.count(c);
      }
      return sum / counts.total();
    }
  };

  private static final double TOLERANCE = 1e-9;

  abstract double mean(double[] weights, ClassCounts counts);

  /**
   * Tells whether weights are normalised so.
   *
   * @param weights one weight a class; not changed
   * @param counts the class counts
   * @return true if their mean is 1 within 1e-9
   */
  public boolean holds(double[] weights, ClassCounts counts) {
    return Math.abs(mean(weights, counts) - 1) <= TOLERANCE;
  }

  /**
   * Scales weights to this normalisation.
   *
   * @param weights one weight a class; not changed
   * @param counts the class counts
   * @return a new array
   */
  public double[] apply(double[] weights, ClassCounts counts) {
    double mean = mean(weights, counts);
    return Arrays.stream(weights).map(w -> w / mean).toArray();
  }
}
