package org.equipoise.experiments.data.features;

import org.equipoise.api.Named;

/** What is done to each feature vector before anything sees it. A closed set. */
public sealed interface Normalisation extends Named {

  /**
   * Changes feature vectors in place.
   *
   * @param values the vectors, (N, D), row-major
   * @param width the length D of a vector
   */
  void apply(float[] values, int width);

  /** Leaves the features as they are in the file. */
  record None() implements Normalisation {

    @Override
    public void apply(float[] values, int width) {}
  }

  /** Divides each vector by its 2-norm; a vector of zeros stays one. */
  record L2() implements Normalisation {

    @Override
    public void apply(float[] values, int width) {
      for (int start = 0; start < values.length; start += width) {
        double squares = 0;
        for (int d = start; d < start + width; d++) {
          squares += (double) values[d] * values[d];
        }
        double norm = squares == 0 ? 1 : Math.sqrt(squares);
        for (int d = start; d < start + width; d++) {
          values[d] = (float) (values[d] / norm);
        }
      }
    }
  }
}
