package org.equipoise.testkit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;

/**
 * Tiny long-tailed data with a known best possible balanced accuracy.
 *
 * <p>Class k is a Gaussian with identity covariance around {@code separation} times the k-th unit
 * vector of R^K: all classes are equally far from each other. The rule that is best for balanced
 * accuracy takes the largest coordinate, whatever the train counts, so the optimum is
 *
 * <pre>  integral of phi(t - separation) Phi(t)^(K-1) dt</pre>
 *
 * <p>which for two classes is Phi(separation / sqrt(2)). A rule that follows the long-tailed prior
 * stays below.
 *
 * @param counts the train counts, at least two classes
 * @param separation the length of each class mean, &gt; 0
 * @param random where the examples are drawn from
 */
public record SyntheticLongTail(ClassCounts counts, double separation, RandomStreams random) {

  // Far enough that what is cut off is below 1e-15, fine enough that the rule's error is too.
  private static final double REACH = 9;
  private static final double STEP = 1.0 / 1024;

  /** Checks the ranges. */
  public SyntheticLongTail {
    if (counts.classes() < 2) {
      throw new IllegalArgumentException(
          "synthetic data: classes is " + counts.classes() + "; expected >= 2");
    }
    if (!(separation > 0 && separation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "synthetic data: separation is " + separation + "; expected > 0");
    }
  }

  /**
   * Drawn examples.
   *
   * @param features (N, dimension), row-major; not copied
   * @param dimension the number of features, which is the number of classes
   * @param labels the class of each example, length N; not copied
   */
  public record Sample(float[] features, int dimension, int[] labels) {}

  /**
   * Draws the train split, class after class.
   *
   * @return as many examples as the counts say; the same at each call
   */
  public Sample train() {
    return draw("synthetic/train", counts.toArray());
  }

  /**
   * Draws a balanced test split, class after class.
   *
   * @param perClass the number of examples of each class
   * @return the examples; the same at each call
   */
  public Sample test(int perClass) {
    long[] balanced = new long[counts.classes()];
    Arrays.fill(balanced, perClass);
    return draw("synthetic/test", balanced);
  }

  /**
   * Returns the best balanced accuracy that any classifier can reach.
   *
   * @return a probability, exact to 1e-12
   */
  public double bayesBalancedAccuracy() {
    // The trapezoidal rule: exact beyond any power of the step for integrands that fade on both
    // sides. Phi is summed up along the way by Simpson's rule.
    double phiBelow = 0;
    double sum = 0;
    for (double t = -REACH; t < REACH + separation; t += STEP) {
      sum += density(t - separation) * Math.pow(phiBelow, counts.classes() - 1.0);
      phiBelow += STEP / 6 * (density(t) + 4 * density(t + STEP / 2) + density(t + STEP));
    }
    return sum * STEP;
  }

  /**
   * Lists labels class after class.
   *
   * @param counts how many of each class
   * @return 0, 0, ..., 1, 1, ...
   */
  static int[] labels(long[] counts) {
    int[] labels = new int[Math.toIntExact(Arrays.stream(counts).sum())];
    int at = 0;
    for (int c = 0; c < counts.length; c++) {
      int end = at + (int) counts[c];
      Arrays.fill(labels, at, end, c);
      at = end;
    }
    return labels;
  }

  private Sample draw(String stream, long[] perClass) {
    RandomGenerator generator = random.stream(stream);
    int dimension = perClass.length;
    int[] labels = labels(perClass);
    float[] features = new float[labels.length * dimension];
    for (int i = 0; i < features.length; i++) {
      double mean = labels[i / dimension] == i % dimension ? separation : 0;
      features[i] = (float) (mean + generator.nextGaussian());
    }
    return new Sample(features, dimension, labels);
  }

  private static double density(double t) {
    return Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
  }
}
