package org.equipoise.evaluation.statistics;

/** The differences of paired values. */
final class Pairs {

  private Pairs() {}

  /** Returns a - b, value by value. */
  static double[] differences(double[] a, double[] b, int fewest) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "pairs: must be as many values of both, are " + a.length + " and " + b.length);
    }
    if (a.length < fewest) {
      throw new IllegalArgumentException(
          "pairs: at least " + fewest + " are needed, there are " + a.length);
    }
    double[] differences = new double[a.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = a[i] - b[i];
      if (!Double.isFinite(differences[i])) {
        throw new IllegalArgumentException(
            "pairs[" + i + "]: must be finite, are " + a[i] + " and " + b[i]);
      }
    }
    return differences;
  }
}
