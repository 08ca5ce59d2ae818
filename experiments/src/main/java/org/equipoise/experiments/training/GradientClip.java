package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.equipoise.api.training.BoundOptimizer.Trainable;

/**
 * Shortens the gradients of a step, all by the same factor, if they are too long together.
 *
 * <p>As PyTorch's {@code clip_grad_norm_}: the factor is maximum / (norm + 1e-6), and never above
 * 1.
 */
final class GradientClip {

  private static final double KEEPS_FROM_ZERO = 1e-6;

  private GradientClip() {}

  /**
   * Changes the gradients in place.
   *
   * @param trainables the parameters with their gradients
   * @param maximum the largest 2-norm of all gradients together, &gt; 0
   */
  static void apply(List<Trainable> trainables, double maximum) {
    double squares = 0;
    for (Trainable trainable : trainables) {
      squares += squaredNorm(trainable.gradient());
    }
    double factor = maximum / (Math.sqrt(squares) + KEEPS_FROM_ZERO);
    if (factor < 1) {
      trainables.forEach(trainable -> trainable.gradient().muli(factor));
    }
  }

  private static double squaredNorm(NDArray gradient) {
    try (NDArray square = gradient.mul(gradient);
        NDArray sum = square.sum();
        NDArray wide = sum.toType(DataType.FLOAT64, false)) {
      return wide.toDoubleArray()[0];
    }
  }
}
