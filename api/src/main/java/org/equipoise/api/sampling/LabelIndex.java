package org.equipoise.api.sampling;

import java.util.Arrays;
import org.equipoise.api.stats.ClassCounts;

/**
 * The labels of the train split, by example and by class, as primitive arrays.
 *
 * <p>Immutable. Memory is linear in the number of labels: two int arrays of that length and two of
 * the number of examples and classes.
 */
public final class LabelIndex {

  private final int[] labels;
  private final int[] labelStart;
  private final int[] examples;
  private final int[] classStart;

  private LabelIndex(int[] labels, int[] labelStart, int classes) {
    this.labels = labels;
    this.labelStart = labelStart;
    this.classStart = new int[classes + 1];
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label index: label " + label + " outside 0.." + (classes - 1));
      }
      classStart[label + 1]++;
    }
    Arrays.parallelPrefix(classStart, Integer::sum);
    this.examples = new int[labels.length];
    int[] next = Arrays.copyOf(classStart, classes);
    for (int i = 0; i + 1 < labelStart.length; i++) {
      for (int at = labelStart[i]; at < labelStart[i + 1]; at++) {
        examples[next[labels[at]]++] = i;
      }
    }
  }

  /**
   * Indexes a split in which every example has one label.
   *
   * @param labels the label of each example, in [0, classes); copied
   * @param classes the number of classes K
   * @return the index
   * @throws IllegalArgumentException if a label is out of range
   */
  public static LabelIndex of(int[] labels, int classes) {
    int[] start = new int[labels.length + 1];
    Arrays.setAll(start, i -> i);
    return new LabelIndex(labels.clone(), start, classes);
  }

  /**
   * Indexes a split in which an example may have any number of labels.
   *
   * @param labels the labels of each example, in [0, classes)
   * @param classes the number of classes K
   * @return the index
   * @throws IllegalArgumentException if a label is out of range
   */
  public static LabelIndex ofMany(int[][] labels, int classes) {
    int[] start = new int[labels.length + 1];
    for (int i = 0; i < labels.length; i++) {
      start[i + 1] = start[i] + labels[i].length;
    }
    return new LabelIndex(
        Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray(), start, classes);
  }

  /**
   * Returns the index of the same split in which no example has a label twice: where labels are
   * those of objects, its counts are of images.
   *
   * @return this index if no label repeats, else a new one
   */
  public LabelIndex distinct() {
    if (!repeats()) {
      return this;
    }
    int[][] once = new int[examples()][];
    Arrays.setAll(once, i -> Arrays.stream(labelsOf(i)).distinct().toArray());
    return ofMany(once, classes());
  }

  // Examples of a class are in ascending order, so that one with the label twice follows itself.
  private boolean repeats() {
    for (int c = 0; c < classes(); c++) {
      for (int at = classStart[c] + 1; at < classStart[c + 1]; at++) {
        if (examples[at] == examples[at - 1]) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Says whether every example has exactly one label.
   *
   * @return false if some example has none or several
   */
  public boolean hasOneLabelEach() {
    for (int i = 0; i < examples(); i++) {
      if (labelStart[i + 1] - labelStart[i] != 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  public int examples() {
    return labelStart.length - 1;
  }

  /**
   * Returns the number of classes K.
   *
   * @return K
   */
  public int classes() {
    return classStart.length - 1;
  }

  /**
   * Returns the labels of one example.
   *
   * @param example the example, in [0, N)
   * @return a new array
   */
  public int[] labelsOf(int example) {
    return Arrays.copyOfRange(labels, labelStart[example], labelStart[example + 1]);
  }

  /**
   * Returns how many examples have a class.
   *
   * @param classId the class, 0-based
   * @return n_c
   */
  public int count(int classId) {
    return classStart[classId + 1] - classStart[classId];
  }

  /**
   * Returns one of the examples that have a class.
   *
   * @param classId the class, 0-based
   * @param rank which of them, in [0, count(classId)), in ascending order
   * @return the example
   */
  public int example(int classId, int rank) {
    return examples[classStart[classId] + java.util.Objects.checkIndex(rank, count(classId))];
  }

  /**
   * Returns n_c of every class.
   *
   * @return the counts
   */
  public ClassCounts counts() {
    long[] counts = new long[classes()];
    Arrays.setAll(counts, this::count);
    return ClassCounts.of(counts);
  }
}
