package org.equipoise.api.stats;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import java.io.IOException;
import java.util.Arrays;

/**
 * The number n_c of training examples of each class.
 *
 * <p>Immutable. A count may be 0; a part that cannot work with an empty class says so through
 * {@link #requireNoEmptyClass}.
 */
public final class ClassCounts {

  private final long[] counts;

  private ClassCounts(long[] counts) {
    this.counts = counts;
  }

  /**
   * Returns the counts n_0, n_1, ... as given.
   *
   * @param counts one count a class, each &gt;= 0; copied
   * @return the counts
   * @throws IllegalArgumentException if there is no class or a count is negative
   */
  public static ClassCounts of(long... counts) {
    if (counts.length == 0) {
      throw new IllegalArgumentException("class counts: at least one class is needed");
    }
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] < 0) {
        throw new IllegalArgumentException(
            "class counts: class " + c + " has count " + counts[c] + "; a count is >= 0");
      }
    }
    return new ClassCounts(counts.clone());
  }

  /**
   * Counts labels.
   *
   * @param labels one class a training example, each in [0, classes)
   * @param classes the number of classes
   * @return the counts
   * @throws IllegalArgumentException if a label is out of range
   */
  public static ClassCounts ofLabels(int[] labels, int classes) {
    long[] counts = new long[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "class counts: example "
                + i
                + " has label "
                + labels[i]
                + " outside 0.."
                + (classes - 1));
      }
      counts[labels[i]]++;
    }
    return of(counts);
  }

  /**
   * Counts the labels of a DJL data set; the number of classes is the largest label plus one.
   *
   * <p>Reads the whole data set once, item by item.
   *
   * @param dataset a prepared data set whose label is one integer (or a float that is one) an item
   * @return the counts
   * @throws IOException if an item cannot be read
   */
  public static ClassCounts of(RandomAccessDataset dataset) throws IOException {
    int[] labels = new int[Math.toIntExact(dataset.size())];
    int classes = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < labels.length; i++) {
        try (NDManager item = manager.newSubManager()) {
          NDList label = dataset.get(item, i).getLabels();
          labels[i] = scalarLabel(label, i);
          classes = Math.max(classes, labels[i] + 1);
        }
      }
    }
    return ofLabels(labels, classes);
  }

  private static int scalarLabel(NDList label, long item) {
    NDArray value = label.singletonOrThrow();
    if (value.size() != 1) {
      throw new IllegalArgumentException(
          "class counts: item "
              + item
              + " has a label of shape "
              + value.getShape()
              + "; expected one integer");
    }
    double number = value.toType(ai.djl.ndarray.types.DataType.FLOAT64, false).toDoubleArray()[0];
    if (number < 0 || number != Math.rint(number)) {
      throw new IllegalArgumentException(
          "class counts: item " + item + " has label " + number + "; expected an integer >= 0");
    }
    return (int) number;
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return counts.length;
  }

  /**
   * Returns n_c.
   *
   * @param classId the class, 0-based
   * @return the number of training examples of that class
   */
  public long count(int classId) {
    return counts[classId];
  }

  /**
   * Returns n, the sum of all counts.
   *
   * @return the number of training examples
   */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /**
   * Returns n_max / n_min.
   *
   * @return the imbalance factor, &gt;= 1; infinite if a class is empty
   */
  public double imbalanceFactor() {
    return (double) Arrays.stream(counts).max().orElseThrow()
        / Arrays.stream(counts).min().orElseThrow();
  }

  /**
   * Returns the effective number of examples of a class, (1 - beta^n_c) / (1 - beta).
   *
   * <p>It is computed in double as {@code -expm1(n log1p(beta - 1)) / (1 - beta)}, which keeps its
   * digits for beta as near to 1 as a double can be.
   *
   * @param classId the class, 0-based
   * @param beta how much a further example adds, in [0, 1)
   * @return E_c in [0, n_c]; 0 for an empty class
   * @throws IllegalArgumentException if beta is out of range
   * @see <a href="https://arxiv.org/abs/1901.05555">Cui et al. 2019, Class-Balanced Loss Based on
   *     Effective Number of Samples, proposition 1</a>
   */
  public double effectiveNumber(int classId, double beta) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("beta: must be in [0, 1), was " + beta);
    }
    long count = counts[classId];
    return count == 0 ? 0 : -Math.expm1(count * Math.log1p(beta - 1)) / (1 - beta);
  }

  /**
   * Returns pi_c = n_c / n.
   *
   * @return the class prior of the train split
   * @throws IllegalArgumentException if all counts are 0
   */
  public ClassPrior prior() {
    long total = total();
    if (total == 0) {
      throw new IllegalArgumentException("class counts: no training example at all, so no prior");
    }
    return new ClassPrior(Arrays.stream(counts).mapToDouble(n -> (double) n / total).toArray());
  }

  /**
   * Refuses an empty class by name.
   *
   * @param who the part that cannot work with an empty class, for the message
   * @throws EmptyClassException if a count is 0
   */
  public void requireNoEmptyClass(String who) {
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        throw new EmptyClassException(who, c);
      }
    }
  }

  /**
   * Returns the counts as an array.
   *
   * @return a copy
   */
  public long[] toArray() {
    return counts.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassCounts that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "ClassCounts" + Arrays.toString(counts);
  }
}
