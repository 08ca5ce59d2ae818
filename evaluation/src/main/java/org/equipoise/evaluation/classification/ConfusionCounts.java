package org.equipoise.evaluation.classification;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.equipoise.api.metric.Predictions;

/**
 * The cells of a confusion matrix that are not 0.
 *
 * <p>Immutable. There are at most as many cells as examples, where a full matrix of 8,142 classes
 * would hold 66 million.
 */
public final class ConfusionCounts {

  private final int classes;

  /** Ascending; a cell is true class times K plus predicted class. */
  private final long[] cells;

  private final long[] counts;

  private ConfusionCounts(int classes, long[] cells, long[] counts) {
    this.classes = classes;
    this.cells = cells;
    this.counts = counts;
  }

  /**
   * Returns the counts of no examples.
   *
   * @param classes the number of classes K, &gt;= 1
   * @return no cells
   */
  public static ConfusionCounts empty(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes: must be >= 1, is " + classes);
    }
    return new ConfusionCounts(classes, new long[0], new long[0]);
  }

  static ConfusionCounts of(Predictions batch) {
    long[] cells = new long[batch.size()];
    Arrays.setAll(cells, i -> (long) batch.labels()[i] * batch.classes() + batch.predicted(i));
    Arrays.sort(cells);
    long[] counts = new long[cells.length];
    int distinct = 0;
    for (long cell : cells) {
      if (distinct == 0 || cells[distinct - 1] != cell) {
        cells[distinct++] = cell;
      }
      counts[distinct - 1]++;
    }
    return new ConfusionCounts(
        batch.classes(), Arrays.copyOf(cells, distinct), Arrays.copyOf(counts, distinct));
  }

  ConfusionCounts plus(ConfusionCounts other) {
    ClassAgreement.require("confusion", classes, other.classes);
    long[] allCells = new long[cells.length + other.cells.length];
    long[] allCounts = new long[allCells.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < cells.length || j < other.cells.length) {
      long mine = i < cells.length ? cells[i] : Long.MAX_VALUE;
      long theirs = j < other.cells.length ? other.cells[j] : Long.MAX_VALUE;
      allCells[size] = Math.min(mine, theirs);
      if (mine <= theirs) {
        allCounts[size] += counts[i++];
      }
      if (theirs <= mine) {
        allCounts[size] += other.counts[j++];
      }
      size++;
    }
    return new ConfusionCounts(
        classes, Arrays.copyOf(allCells, size), Arrays.copyOf(allCounts, size));
  }

  /**
   * Returns how many examples of one class are predicted as another.
   *
   * @param trueClass the label, 0-based
   * @param predictedClass the prediction, 0-based
   * @return the number of examples
   */
  public long count(int trueClass, int predictedClass) {
    Objects.checkIndex(trueClass, classes);
    Objects.checkIndex(predictedClass, classes);
    int at = Arrays.binarySearch(cells, (long) trueClass * classes + predictedClass);
    return at < 0 ? 0 : counts[at];
  }

  int classes() {
    return classes;
  }

  /**
   * Returns the cells that are not 0.
   *
   * @return a row {@code [true class, predicted class, examples]} a cell, ascending
   */
  public List<List<Long>> cells() {
    return IntStream.range(0, cells.length)
        .mapToObj(i -> List.of(cells[i] / classes, cells[i] % classes, counts[i]))
        .toList();
  }

  /**
   * Returns the full matrix.
   *
   * @return an unmodifiable view: K rows (true class) of K counts (predicted class)
   */
  public List<List<Long>> table() {
    return new Rows();
  }

  private final class Rows extends AbstractList<List<Long>> implements RandomAccess {

    @Override
    public List<Long> get(int trueClass) {
      return new Row(Objects.checkIndex(trueClass, classes));
    }

    @Override
    public int size() {
      return classes;
    }
  }

  private final class Row extends AbstractList<Long> implements RandomAccess {

    private final int trueClass;

    Row(int trueClass) {
      this.trueClass = trueClass;
    }

    @Override
    public Long get(int predictedClass) {
      return count(trueClass, predictedClass);
    }

    @Override
    public int size() {
      return classes;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionCounts that
        && classes == that.classes
        && Arrays.equals(cells, that.cells)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(cells) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "ConfusionCounts[classes=" + classes + ", cells=" + cells.length + "]";
  }
}
