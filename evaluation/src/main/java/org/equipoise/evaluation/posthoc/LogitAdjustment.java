package org.equipoise.evaluation.posthoc;

import java.util.Arrays;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;

/**
 * Logit adjustment after training: from the class prior of the train split to another one.
 *
 * <p>A softmax that was trained by plain cross-entropy estimates p(y | x) under the train prior.
 * Its logits minus {@code tau} log pi are those for balanced classes ({@code tau} = 1); plus the
 * log of a test prior they are those for a test set of that prior. Logits of a model that was
 * trained with logit adjustment, Balanced Softmax included, are for balanced classes already:
 * adjusting them again corrects twice, and only the test prior is to be added ({@link #toPrior}).
 *
 * <p>Immutable.
 *
 * @see <a href="https://arxiv.org/abs/2007.07314">Menon et al. 2021, Long-tail Learning via Logit
 *     Adjustment, section 4.1, equation 9</a>
 */
public final class LogitAdjustment {

  private final double[] shift;

  private LogitAdjustment(double[] shift) {
    this.shift = shift;
  }

  /**
   * Adjusts for balanced classes.
   *
   * @param train the class counts of what was trained on, none 0
   * @param tau the strength, finite; 1 as published
   * @return z_j - tau log pi_j
   * @throws org.equipoise.api.stats.EmptyClassException if a count is 0: the shift is infinite
   * @throws IllegalArgumentException if tau is not finite
   */
  public static LogitAdjustment toBalance(ClassCounts train, double tau) {
    train.requireNoEmptyClass("logit adjustment");
    if (!Double.isFinite(tau)) {
      throw new IllegalArgumentException("tau: must be finite, was " + tau);
    }
    return new LogitAdjustment(Arrays.stream(train.prior().log()).map(log -> -tau * log).toArray());
  }

  /**
   * Adjusts logits for balanced classes to a test prior.
   *
   * @param testPrior the share of each class among the test examples, &gt; 0, of sum 1
   * @return z_j + log q_j
   * @throws IllegalArgumentException if it is no distribution over the classes, or has a share of
   *     0: a class that cannot occur is to be left out of the decision, not shifted
   */
  public static LogitAdjustment toPrior(double... testPrior) {
    double sum = 0;
    for (int c = 0; c < testPrior.length; c++) {
      if (!(testPrior[c] > 0)) {
        throw new IllegalArgumentException(
            "test prior: class " + c + " has " + testPrior[c] + "; expected > 0");
      }
      sum += testPrior[c];
    }
    if (!(Math.abs(sum - 1) <= 1e-6)) {
      throw new IllegalArgumentException("test prior: must sum to 1, sums to " + sum);
    }
    return new LogitAdjustment(Arrays.stream(testPrior).map(Math::log).toArray());
  }

  /**
   * Does two adjustments one after the other.
   *
   * @param next the second one
   * @return both shifts together
   * @throws IllegalArgumentException if the numbers of classes differ
   */
  public LogitAdjustment then(LogitAdjustment next) {
    requireClasses(next.shift.length);
    double[] both = shift.clone();
    for (int c = 0; c < both.length; c++) {
      both[c] += next.shift[c];
    }
    return new LogitAdjustment(both);
  }

  /**
   * Returns what is added to each logit.
   *
   * @return nats, a new array, length C
   */
  public double[] shift() {
    return shift.clone();
  }

  /**
   * Adjusts the logits of an example.
   *
   * @param logits length C; not changed
   * @return adjusted logits, a new array; their softmax is p(y | x) under the new prior
   */
  public double[] apply(double... logits) {
    requireClasses(logits.length);
    double[] adjusted = logits.clone();
    for (int c = 0; c < adjusted.length; c++) {
      adjusted[c] += shift[c];
    }
    return adjusted;
  }

  /**
   * Adjusts all logits, in single precision as they are stored.
   *
   * @param predictions logits, (N, C), and labels
   * @return adjusted logits with the same labels, to be measured like any others
   */
  public Predictions apply(Predictions predictions) {
    requireClasses(predictions.classes());
    float[] adjusted = predictions.logits().clone();
    for (int i = 0; i < adjusted.length; i++) {
      adjusted[i] = (float) (adjusted[i] + shift[i % shift.length]);
    }
    return new Predictions(adjusted, predictions.classes(), predictions.labels());
  }

  private void requireClasses(int classes) {
    if (classes != shift.length) {
      throw new IllegalArgumentException(
          "logit adjustment: made for " + shift.length + " classes, got " + classes);
    }
  }
}
