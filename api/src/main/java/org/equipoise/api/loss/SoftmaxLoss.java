package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.equipoise.api.Explanation;

/**
 * Cross-entropy of the softmax of changed logits, which is what most losses for long tails are: the
 * short way to one of your own.
 *
 * <p>Takes {@code ClassIds} and {@code Soft} targets.
 *
 * @param who the loss's type name, for messages
 * @param change from logits (N, C) to logits (N, C); begins with its argument, so that what it
 *     makes lives where the logits live, never mutates it, and computes with plain numbers through
 *     {@link org.equipoise.api.tensor.Scalars}
 * @param explanation what the change does to a class
 */
public record SoftmaxLoss(
    String who, UnaryOperator<NDArray> change, IntFunction<Explanation> explanation)
    implements PerExampleLoss {

  private static final int[] CLASS_AXIS = {1};

  @Override
  public NDArray perExample(LossInput in) {
    if (in.targets() instanceof Targets.ClassIds hard) {
      try (NDArray column = hard.ids().expandDims(1)) {
        return logProbabilities(in).gather(column, 1).squeeze(1).neg();
      }
    } else if (in.targets() instanceof Targets.Soft soft) {
      return logProbabilities(in).mul(soft.probabilities()).sum(CLASS_AXIS).neg();
    }
    throw new UnsupportedOperationException(
        who
            + ": takes targets of type ClassIds or Soft, not "
            + in.targets().getClass().getSimpleName());
  }

  private NDArray logProbabilities(LossInput in) {
    return change.apply(in.logits()).logSoftmax(1);
  }

  @Override
  public Explanation explain(int classId) {
    return explanation.apply(classId);
  }
}
