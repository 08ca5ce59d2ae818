package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;

/** Computes losses in plain Java, row by row, from what they say of the classes. */
final class Explained {

  private Explained() {}

  /** The value of a row. */
  @FunctionalInterface
  interface RowValue {

    /**
     * Returns the value.
     *
     * @param row its index
     * @param logits its logits
     * @param positive which classes are its labels; none for background
     */
    double of(int row, double[] logits, boolean[] positive);
  }

  static Optional<double[]> rows(LossInput in, RowValue value) {
    double[][] logits = matrix(in.logits());
    double[] values = new double[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.of(i, logits[i], positive(in.targets(), i, logits[i].length));
    }
    return Optional.of(values);
  }

  private static boolean[] positive(Targets targets, int row, int classes) {
    boolean[] positive = new boolean[classes];
    if (targets instanceof Targets.MultiHot multi) {
      double[] values = matrix(multi.values())[row];
      for (int c = 0; c < classes; c++) {
        positive[c] = values[c] == 1;
      }
      return positive;
    }
    NDArray ids =
        targets instanceof Targets.Regions regions
            ? regions.ids()
            : ((Targets.ClassIds) targets).ids();
    int label = (int) ids.toLongArray()[row];
    if (label < classes) {
      positive[label] = true;
    }
    return positive;
  }

  static double[][] matrix(NDArray array) {
    double[] all = array.toType(DataType.FLOAT64, true).toDoubleArray();
    int columns = (int) array.getShape().get(1);
    double[][] rows = new double[all.length / columns][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * columns, (i + 1) * columns));
    return rows;
  }

  static int label(boolean[] positive) {
    int label = 0;
    while (!positive[label]) {
      label++;
    }
    return label;
  }

  static double[] softmax(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] p = Arrays.stream(logits).map(z -> Math.exp(z - largest)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(e -> e / sum).toArray();
  }

  static double crossEntropy(double[] logits, int label) {
    return -Math.log(softmax(logits)[label]);
  }
}
