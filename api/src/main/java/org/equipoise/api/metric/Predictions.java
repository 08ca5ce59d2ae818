package org.equipoise.api.metric;

/**
 * A classifier's outputs for N examples, and their labels.
 *
 * @param logits logits or any scores of the same order, (N, classes), row-major; not copied
 * @param classes the number of classes
 * @param labels the true class of each example, length N; not copied
 */
public record Predictions(float[] logits, int classes, int[] labels) {

  /** Checks lengths, labels, and that no score is NaN. */
  public Predictions {
    if ((long) labels.length * classes != logits.length) {
      throw new IllegalArgumentException(
          "predictions: "
              + labels.length
              + " labels of "
              + classes
              + " classes need "
              + (long) labels.length * classes
              + " logits, but there are "
              + logits.length);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "predictions: example "
                + i
                + " has label "
                + labels[i]
                + " outside 0.."
                + (classes - 1));
      }
    }
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new IllegalArgumentException(
            "predictions: example " + i / classes + " has a NaN for class " + i % classes);
      }
    }
  }

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  public int size() {
    return labels.length;
  }

  /**
   * Returns the class with the largest score; of equal ones the lowest.
   *
   * @param example the example, in [0, N)
   * @return a class id
   */
  public int predicted(int example) {
    int best = 0;
    int row = example * classes;
    for (int c = 1; c < classes; c++) {
      if (logits[row + c] > logits[row + best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * Returns how many classes come before the true one: 0 if it is predicted.
   *
   * @param example the example, in [0, N)
   * @return the rank of the label, 0-based; of equal scores the lower class comes first
   */
  public int rankOfLabel(int example) {
    int row = example * classes;
    int label = labels[example];
    float score = logits[row + label];
    int rank = 0;
    for (int c = 0; c < classes; c++) {
      if (logits[row + c] > score || (logits[row + c] == score && c < label)) {
        rank++;
      }
    }
    return rank;
  }
}
