package org.equipoise.evaluation.classification;

import org.equipoise.api.metric.Predictions;

/** The softmax of logits, in double precision. */
record SoftmaxRows(Predictions predictions) implements ProbabilityRows {

  @Override
  public int size() {
    return predictions.size();
  }

  @Override
  public int classes() {
    return predictions.classes();
  }

  @Override
  public int label(int example) {
    return predictions.labels()[example];
  }

  @Override
  public int predicted(int example) {
    return predictions.predicted(example);
  }

  @Override
  public void read(int example, double[] row) {
    int start = example * classes();
    double largest = predictions.logits()[start + predicted(example)];
    if (Double.isInfinite(largest)) {
      throw new IllegalArgumentException(
          "softmax: the largest logit of example " + example + " must be finite, is " + largest);
    }
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      row[c] = Math.exp(predictions.logits()[start + c] - largest);
      sum += row[c];
    }
    for (int c = 0; c < row.length; c++) {
      row[c] /= sum;
    }
  }
}
