package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Focal loss on one sigmoid a class, summed over the classes.
 *
 * <p>At {@code gamma} = 0 without alpha it is binary cross-entropy, summed over the classes.
 *
 * <p>Takes {@code ClassIds}, {@code MultiHot} and {@code Regions} targets; a background region is
 * negative for every class.
 *
 * @param alpha the factor of positives, in (0, 1); negatives have 1 - alpha. Empty for a factor of
 *     1 on both
 * @param gamma how fast the loss of well-classified examples fades, &gt;= 0
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, Focal Loss for Dense Object
 *     Detection, equations 4 and 5</a>
 */
@Described(
    summary = "Binary cross-entropy a class that fades where the answer is already right.",
    formula =
        "l = sum_j a_t (1 - p_t)^gamma (-log p_t), p_t = sigmoid(z_j) if j is a label, else 1 -"
            + " sigmoid(z_j)",
    source = "Lin et al. 2017, Focal Loss for Dense Object Detection, equations 4 and 5",
    differs =
        "Lin et al. use alpha = 0.25 in dense detection, where nearly all anchors are background;"
            + " the code for long-tailed classification has no alpha, and that is the default here."
            + " The sum is over classes, not the mean. For gamma below 1 the power of 1 - p_t has a"
            + " gradient of NaN in published code once p_t rounds to 1; here it is finite.")
public record FocalSigmoid(OptionalDouble alpha, double gamma) implements LossSpec {

  private static final int[] CLASS_AXIS = {1};

  /**
   * Creates the loss with the defaults of long-tailed classification: no {@code alpha}, {@code
   * gamma} 2.
   */
  public FocalSigmoid() {
    this(OptionalDouble.empty(), 2);
  }

  /** Checks the ranges. */
  public FocalSigmoid {
    if (alpha.isPresent() && !(alpha.getAsDouble() > 0 && alpha.getAsDouble() < 1)) {
      throw new IllegalArgumentException("alpha: must be in (0, 1), was " + alpha.getAsDouble());
    }
    Focus.requireGamma(gamma);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(typeName(), train.classes(), alpha, gamma);
  }

  private record Bound(String who, int classes, OptionalDouble alpha, double gamma)
      implements PerExampleLoss, OfSigmoids {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, classes);
      NDArray positive = Labels.indicator(who, in);
      NDArray loss = Focus.focal(in.logits().mul(Signs.against(positive)), gamma);
      if (alpha.isEmpty()) {
        return loss.sum(CLASS_AXIS);
      }
      double a = alpha.getAsDouble();
      return loss.mul(Scalars.times(positive, 2 * a - 1).add(1 - a)).sum(CLASS_AXIS);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Fades the loss where class " + classId + " is already told from the rest well.")
          .with("alphaOfPositives", alpha.orElse(1))
          .with("alphaOfNegatives", alpha.isPresent() ? 1 - alpha.getAsDouble() : 1)
          .with("gamma", gamma);
    }
  }
}
