package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.equipoise.api.training.BoundOptimizer.Trainable;

/** How long all gradients of a step are together. */
public final class GradientNorm {

  private GradientNorm() {}

  /**
   * Returns the 2-norm of all gradients together, as if they were one vector.
   *
   * @param trainables the parameters with their gradients
   * @return the norm; NaN or infinite if a gradient is
   */
  public static double of(List<Trainable> trainables) {
    double squares = 0;
    for (Trainable trainable : trainables) {
      squares += squared(trainable.gradient());
    }
    return Math.sqrt(squares);
  }

  private static double squared(NDArray gradient) {
    try (NDArray square = gradient.mul(gradient);
        NDArray sum = square.sum();
        NDArray wide = sum.toType(DataType.FLOAT64, false)) {
      return wide.toDoubleArray()[0];
    }
  }
}
