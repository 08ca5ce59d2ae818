package org.equipoise.experiments.training;

import java.util.List;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.experiments.training.optimizer.GradientNorm;

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
    double factor = maximum / (GradientNorm.of(trainables) + KEEPS_FROM_ZERO);
    if (factor < 1) {
      trainables.forEach(trainable -> trainable.gradient().muli(factor));
    }
  }
}
