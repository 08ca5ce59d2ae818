package org.equipoise.evaluation.classification;

import java.util.Arrays;
import org.equipoise.api.metric.Predictions;

/** Probabilities as a golden file gives them, in double precision. */
record GoldenRows(double[][] probabilities, int[] labels) implements ProbabilityRows {

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int classes() {
    return probabilities[0].length;
  }

  @Override
  public int label(int example) {
    return labels[example];
  }

  @Override
  public int predicted(int example) {
    return predictions().predicted(example);
  }

  @Override
  public void read(int example, double[] row) {
    System.arraycopy(probabilities[example], 0, row, 0, row.length);
  }

  /**
   * Returns scores of the same order, with the same ties: how many distinct probabilities of the
   * row are smaller. The probabilities themselves may not fit a float.
   */
  Predictions predictions() {
    float[] scores = new float[size() * classes()];
    for (int i = 0; i < size(); i++) {
      double[] distinct = Arrays.stream(probabilities[i]).distinct().sorted().toArray();
      for (int c = 0; c < classes(); c++) {
        scores[i * classes() + c] = Arrays.binarySearch(distinct, probabilities[i][c]);
      }
    }
    return new Predictions(scores, classes(), labels);
  }
}
