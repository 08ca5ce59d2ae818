package org.equipoise.api.metric;

/**
 * A model's outputs for N examples that may each have any number of classes, and those classes.
 *
 * @param logits logits or any scores of the same order, (N, classes), row-major; not copied
 * @param classes the number of classes
 * @param labels whether the example has the class, (N, classes), row-major; not copied
 */
public record MultiLabelPredictions(float[] logits, int classes, boolean[] labels) {

  /** Checks lengths, and that no score is NaN. */
  public MultiLabelPredictions {
    if (classes < 1 || logits.length % classes != 0 || labels.length != logits.length) {
      throw new IllegalArgumentException(
          "multi-label predictions: "
              + logits.length
              + " logits and "
              + labels.length
              + " labels are no two tables of "
              + classes
              + " classes an example");
    }
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new IllegalArgumentException(
            "multi-label predictions: example "
                + i / classes
                + " has a NaN for class "
                + i % classes);
      }
    }
  }

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  public int size() {
    return labels.length / classes;
  }
}
