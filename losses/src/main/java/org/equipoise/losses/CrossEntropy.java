package org.equipoise.losses;

import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Cross-entropy of the softmax, with label smoothing: the baseline of all the others.
 *
 * <p>Takes {@code ClassIds} and {@code Soft} targets. Class weights follow PyTorch: each of the
 * terms that smoothing makes is weighted by its own class.
 *
 * @param labelSmoothing the share e of the target that is spread over all classes, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016, Rethinking the Inception
 *     Architecture, section 7 (label smoothing)</a>
 */
@Described(
    summary = "Cross-entropy of the softmax, with optional label smoothing.",
    formula = "l = (1 - e) (-log p_y) + (e / K) sum_j (-log p_j), p = softmax(z)",
    source = "Szegedy et al. 2016, Rethinking the Inception Architecture, section 7",
    differs =
        "With class weights w the terms are w_y and w_j, as in PyTorch. PyTorch also divides by the"
            + " sum of the weights by default; here the reduction is chosen apart.")
public record CrossEntropy(double labelSmoothing) implements LossSpec {

  /** Creates the plain loss: {@code labelSmoothing} 0. */
  public CrossEntropy() {
    this(0);
  }

  /** Checks the range. */
  public CrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "labelSmoothing: must be in [0, 1), was " + labelSmoothing);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new SoftmaxCrossEntropy(
        typeName(),
        train.classes(),
        Optional.empty(),
        Optional.empty(),
        labelSmoothing,
        this::explain);
  }

  private Explanation explain(int classId) {
    return Explanation.of(
            classId, "Treats class " + classId + " like any other; counts play no part.")
        .with("labelSmoothing", labelSmoothing);
  }
}
