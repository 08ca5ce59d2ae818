package org.equipoise.evaluation.classification;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.equipoise.api.metric.Predictions;

/**
 * What recall and precision are made of: for each class how many examples have it, how many are
 * predicted as it, and how many both.
 *
 * <p>Immutable. Memory is linear in the number of classes: no confusion matrix is kept.
 */
public final class ClassTally {

  private final long[] support;
  private final long[] predicted;
  private final long[] correct;

  private ClassTally(long[] support, long[] predicted, long[] correct) {
    this.support = support;
    this.predicted = predicted;
    this.correct = correct;
  }

  /**
   * Returns the tally of no examples.
   *
   * @param classes the number of classes K, &gt;= 1
   * @return zeros
   */
  public static ClassTally empty(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes: must be >= 1, is " + classes);
    }
    return new ClassTally(new long[classes], new long[classes], new long[classes]);
  }

  /**
   * Adds a batch.
   *
   * @param batch predictions over the same K classes
   * @return a new tally
   * @throws IllegalArgumentException if the batch has another number of classes
   */
  public ClassTally plus(Predictions batch) {
    ClassAgreement.require("tally", classes(), batch.classes());
    ClassTally sum = new ClassTally(support.clone(), predicted.clone(), correct.clone());
    for (int i = 0; i < batch.size(); i++) {
      int label = batch.labels()[i];
      int guess = batch.predicted(i);
      sum.support[label]++;
      sum.predicted[guess]++;
      if (guess == label) {
        sum.correct[label]++;
      }
    }
    return sum;
  }

  /**
   * Adds the tally of other examples.
   *
   * @param other a tally over the same K classes
   * @return a new tally
   * @throws IllegalArgumentException if the other has another number of classes
   */
  public ClassTally plus(ClassTally other) {
    ClassAgreement.require("tally", classes(), other.classes());
    return new ClassTally(
        sum(support, other.support), sum(predicted, other.predicted), sum(correct, other.correct));
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = a.clone();
    for (int c = 0; c < sum.length; c++) {
      sum[c] += b[c];
    }
    return sum;
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return support.length;
  }

  /**
   * Returns how many examples have a class.
   *
   * @param classId the class, 0-based
   * @return the support
   */
  public long support(int classId) {
    return support[classId];
  }

  /**
   * Returns how many examples are predicted as a class.
   *
   * @param classId the class, 0-based
   * @return the number of predictions, right or wrong
   */
  public long predicted(int classId) {
    return predicted[classId];
  }

  /**
   * Returns how many examples have a class and are predicted as it.
   *
   * @param classId the class, 0-based
   * @return the true positives
   */
  public long correct(int classId) {
    return correct[classId];
  }

  /**
   * Returns correct / support.
   *
   * @param classId the class, 0-based
   * @return the recall in [0, 1]; empty without support
   */
  public OptionalDouble recall(int classId) {
    return new HitCount(correct[classId], support[classId]).rate();
  }

  /**
   * Returns correct / predicted.
   *
   * @param classId the class, 0-based
   * @return the precision in [0, 1]; empty if the class is never predicted
   */
  public OptionalDouble precision(int classId) {
    return new HitCount(correct[classId], predicted[classId]).rate();
  }

  /**
   * Returns the recalls of the classes that have support.
   *
   * @return recalls in [0, 1], in the order of the classes
   */
  public DoubleStream recalls() {
    return recalls(c -> true);
  }

  /**
   * Returns the recalls of those of some classes that have support.
   *
   * @param chosen which classes
   * @return recalls in [0, 1], in the order of the classes
   */
  public DoubleStream recalls(IntPredicate chosen) {
    return IntStream.range(0, classes())
        .filter(chosen)
        .filter(c -> support[c] > 0)
        .mapToDouble(c -> (double) correct[c] / support[c]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassTally that
        && Arrays.equals(support, that.support)
        && Arrays.equals(predicted, that.predicted)
        && Arrays.equals(correct, that.correct);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new long[][] {support, predicted, correct});
  }

  @Override
  public String toString() {
    return "ClassTally[support="
        + Arrays.toString(support)
        + ", predicted="
        + Arrays.toString(predicted)
        + ", correct="
        + Arrays.toString(correct)
        + "]";
  }
}
