package org.equipoise.evaluation.bounds;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;

/**
 * The losses of the training examples, class by class.
 *
 * <p>Immutable. Keeps one double an example.
 */
public final class TrainLosses {

  /** One class after the other, ascending each. */
  private final double[][] losses;

  private TrainLosses(double[][] losses) {
    this.losses = losses;
  }

  /**
   * Computes the cross-entropy of the softmax.
   *
   * <p>For the bounds these are the logits that the model decides by, those of plain softmax; what
   * a training loss adds to them (Balanced Softmax, margins) is left out.
   *
   * @param train logits of the training examples, (N, C), and their labels
   * @return the losses, in nats
   * @throws IllegalArgumentException if an example's largest logit is infinite
   */
  public static TrainLosses of(Predictions train) {
    double[] losses = new double[train.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = crossEntropy(train, i);
    }
    return of(losses, train.labels(), train.classes());
  }

  private static double crossEntropy(Predictions train, int example) {
    int start = example * train.classes();
    double largest = train.logits()[start + train.predicted(example)];
    if (Double.isInfinite(largest)) {
      throw new IllegalArgumentException(
          "train losses: the largest logit of example "
              + example
              + " must be finite, is "
              + largest);
    }
    double sum = 0;
    for (int c = 0; c < train.classes(); c++) {
      sum += Math.exp(train.logits()[start + c] - largest);
    }
    return Math.log(sum) + largest - train.logits()[start + train.labels()[example]];
  }

  /**
   * Takes losses as they were stored.
   *
   * @param losses the loss of each training example, in nats; positive infinity is a loss
   * @param labels the class of each example, in [0, classes), as many
   * @param classes the number of classes K, those without an example included
   * @return the losses
   * @throws IllegalArgumentException if the lengths differ, a label is out of range, or a loss is
   *     NaN or negative infinity
   */
  public static TrainLosses of(double[] losses, int[] labels, int classes) {
    if (losses.length != labels.length) {
      throw new IllegalArgumentException(
          "train losses: " + losses.length + " losses, but " + labels.length + " labels");
    }
    ClassCounts counts = ClassCounts.ofLabels(labels, classes);
    double[][] byClass = new double[classes][];
    Arrays.setAll(byClass, c -> new double[Math.toIntExact(counts.count(c))]);
    int[] filled = new int[classes];
    for (int i = 0; i < losses.length; i++) {
      if (!(losses[i] > Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException("train losses: example " + i + " has " + losses[i]);
      }
      byClass[labels[i]][filled[labels[i]]++] = losses[i];
    }
    for (double[] ofClass : byClass) {
      Arrays.sort(ofClass);
    }
    return new TrainLosses(byClass);
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return losses.length;
  }

  /**
   * Returns the numbers n_j of examples.
   *
   * @return one count a class; may be 0
   */
  public ClassCounts counts() {
    return ClassCounts.of(Arrays.stream(losses).mapToLong(ofClass -> ofClass.length).toArray());
  }

  /**
   * Returns the largest loss of a class.
   *
   * @param classId the class, 0-based
   * @return in nats; empty if the class has no example
   */
  public OptionalDouble largest(int classId) {
    double[] ofClass = losses[classId];
    return ofClass.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(ofClass[ofClass.length - 1]);
  }

  /**
   * Returns the share of a class's examples whose loss is above a level.
   *
   * @param classId the class, 0-based
   * @param level in nats; a loss that equals it is not above it
   * @return a share in [0, 1]; empty if the class has no example
   */
  public OptionalDouble shareAbove(int classId, double level) {
    double[] ofClass = losses[classId];
    if (ofClass.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        (double) Arrays.stream(ofClass).filter(loss -> loss > level).count() / ofClass.length);
  }
}
