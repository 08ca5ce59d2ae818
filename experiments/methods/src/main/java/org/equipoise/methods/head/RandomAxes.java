package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Orthonormal vectors in a random direction, each direction equally likely. */
final class RandomAxes {

  private RandomAxes() {}

  /**
   * Draws axes from the engine's generator.
   *
   * @param manager whose engine draws; nothing stays in it
   * @param count the number of axes, at most {@code width}
   * @param width their dimension
   * @return (count, width)
   */
  static double[][] draw(NDManager manager, int count, int width) {
    double[][] axes = new double[count][];
    try (NDManager scratch = manager.newSubManager()) {
      NDArray normal = scratch.randomNormal(0, 1, new Shape(count, width), DataType.FLOAT32);
      float[] drawn = normal.toFloatArray();
      for (int i = 0; i < count; i++) {
        axes[i] = new double[width];
        for (int d = 0; d < width; d++) {
          axes[i][d] = drawn[i * width + d];
        }
        // Twice is enough: what rounding leaves of the earlier axes after once is gone.
        orthogonalise(axes, i);
        orthogonalise(axes, i);
      }
    }
    return axes;
  }

  private static void orthogonalise(double[][] axes, int i) {
    double[] axis = axes[i];
    for (int earlier = 0; earlier < i; earlier++) {
      double along = dot(axes[earlier], axis);
      for (int d = 0; d < axis.length; d++) {
        axis[d] -= along * axes[earlier][d];
      }
    }
    double length = Math.sqrt(dot(axis, axis));
    for (int d = 0; d < axis.length; d++) {
      axis[d] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
