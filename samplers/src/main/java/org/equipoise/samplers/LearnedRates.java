package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.stats.ClassCounts;

/**
 * One learned rate a class: the sigmoid of a free number each, which Adam moves.
 *
 * <p>In double, whatever the network computes in: a state is a few thousand numbers.
 */
final class LearnedRates {

  private final String who;
  private final AdamRule rule;
  private final double[] logits;
  private final double[] mean;
  private final double[] square;
  private long steps;

  /**
   * Starts with given numbers and no history.
   *
   * @param who the part that learns, for errors
   * @param rule how a gradient moves the numbers
   * @param logits the numbers whose sigmoids are the rates; copied
   */
  LearnedRates(String who, AdamRule rule, double[] logits) {
    this.who = who;
    this.rule = rule;
    this.logits = logits.clone();
    this.mean = new double[logits.length];
    this.square = new double[logits.length];
  }

  /**
   * Returns the published start: r_c = pi_c^-power, scaled so that the least and the largest sum to
   * 1; at power 0 every rate is 1/2.
   *
   * @return the numbers whose sigmoids are the rates
   * @throws IllegalArgumentException if the power is so large that a rate is 0 in double precision
   */
  static double[] startLogits(String who, ClassCounts counts, double power) {
    double rarest = Arrays.stream(counts.toArray()).min().orElseThrow();
    double[] relative =
        Arrays.stream(counts.toArray()).mapToDouble(n -> Math.pow(rarest / n, power)).toArray();
    double least = Arrays.stream(relative).min().orElseThrow();
    if (least == 0) {
      throw new IllegalArgumentException(
          who + ": initPow: " + power + " leaves the commonest class a rate of 0; try 1");
    }
    return Arrays.stream(relative).map(r -> Math.log(r / (1 + least - r))).toArray();
  }

  /** Returns each class's rate, in a new array. */
  double[] values() {
    return Arrays.stream(logits).map(w -> 1 / (1 + Math.exp(-w))).toArray();
  }

  /**
   * Goes from the logarithms of the rates to the numbers whose sigmoids they are.
   *
   * @param byLogRates some gradient by log rate of each class, length K
   * @return the gradient by the numbers, in a new array
   */
  double[] byLogits(double[] byLogRates) {
    double[] gradient = new double[logits.length];
    // 1 - rate, without its rounding.
    Arrays.setAll(gradient, c -> byLogRates[c] / (1 + Math.exp(logits[c])));
    return gradient;
  }

  /**
   * Makes one step of Adam.
   *
   * @param gradient by the numbers whose sigmoids are the rates, length K
   * @throws ArithmeticException if it is not finite; nothing changes then
   */
  void descend(double[] gradient) {
    for (int c = 0; c < logits.length; c++) {
      if (!Double.isFinite(gradient[c])) {
        throw new ArithmeticException(
            who
                + ": the gradient of the rate of class "
                + c
                + " is "
                + gradient[c]
                + "; try a lower learning rate of the classifier");
      }
    }
    steps++;
    double meanCorrection = 1 - Math.pow(rule.beta1(), (double) steps);
    double squareCorrection = 1 - Math.pow(rule.beta2(), (double) steps);
    for (int c = 0; c < logits.length; c++) {
      double g = gradient[c];
      mean[c] = rule.beta1() * mean[c] + (1 - rule.beta1()) * g;
      square[c] = rule.beta2() * square[c] + (1 - rule.beta2()) * g * g;
      double root = Math.sqrt(square[c] / squareCorrection) + rule.epsilon();
      logits[c] -= rule.learningRate() * (mean[c] / meanCorrection) / root;
    }
  }

  /** Returns logits, averages and steps, in this order: 3 K + 1 numbers. */
  double[] state() {
    int classes = logits.length;
    double[] state = Arrays.copyOf(logits, 3 * classes + 1);
    System.arraycopy(mean, 0, state, classes, classes);
    System.arraycopy(square, 0, state, 2 * classes, classes);
    state[3 * classes] = steps;
    return state;
  }

  /**
   * Takes up a state.
   *
   * @throws IllegalArgumentException if it has another length
   */
  void restore(double[] saved) {
    int classes = logits.length;
    if (saved.length != 3 * classes + 1) {
      throw new IllegalArgumentException(
          who
              + ": the saved state has "
              + saved.length
              + " numbers; expected "
              + (3 * classes + 1)
              + " for "
              + classes
              + " classes");
    }
    System.arraycopy(saved, 0, logits, 0, classes);
    System.arraycopy(saved, classes, mean, 0, classes);
    System.arraycopy(saved, 2 * classes, square, 0, classes);
    steps = (long) saved[3 * classes];
  }
}
