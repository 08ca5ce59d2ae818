package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Focal loss on the softmax probability of the true class.
 *
 * <p>At {@code gamma} = 0 without alpha it is cross-entropy. It looks at how hard an example is,
 * not at class counts; for these, add a class weighting.
 *
 * <p>Takes {@code ClassIds} targets.
 *
 * @param alpha one factor a class, each &gt;= 0; empty for none. A class weighting does the same
 *     with weights computed from counts
 * @param gamma how fast the loss of well-classified examples fades, &gt;= 0
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, Focal Loss for Dense Object
 *     Detection, equations 4 and 5</a>
 */
@Described(
    summary = "Cross-entropy that fades for examples which are already classified well.",
    formula = "l = alpha_y (1 - p_y)^gamma (-log p_y), p = softmax(z)",
    source =
        "Lin et al. 2017, Focal Loss for Dense Object Detection, equations 4 and 5, with softmax in"
            + " place of sigmoid",
    differs =
        "LDAM's code takes p as exp(-weighted cross-entropy), which is no probability once class"
            + " weights are given; here p is always the softmax. It also uses gamma = 1. For gamma"
            + " below 1 the power of 1 - p has a gradient of NaN in published code once p rounds to"
            + " 1; here it is finite.")
public record FocalSoftmax(List<Double> alpha, double gamma) implements LossSpec {

  // Takes a logit out of a sum of exponentials, in float32 too.
  private static final double FAR_BELOW = 1e30;
  private static final int[] CLASS_AXIS = {1};

  /** Creates the loss with published defaults: no {@code alpha}, {@code gamma} 2. */
  public FocalSoftmax() {
    this(List.of(), 2);
  }

  /** Checks the ranges. */
  public FocalSoftmax {
    alpha = List.copyOf(alpha);
    for (double factor : alpha) {
      if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("alpha: each must be >= 0 and finite, was " + alpha);
      }
    }
    Focus.requireGamma(gamma);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    if (!alpha.isEmpty() && alpha.size() != train.classes()) {
      throw new IllegalArgumentException(
          typeName()
              + ": alpha has "
              + alpha.size()
              + " factors; expected one for each of "
              + train.classes()
              + " classes, or none");
    }
    Optional<ClassVector> factors =
        alpha.isEmpty()
            ? Optional.empty()
            : Optional.of(ClassVector.of(alpha.stream().mapToDouble(a -> a).toArray()));
    return new Bound(typeName(), train.classes(), factors, gamma);
  }

  private record Bound(String who, int classes, Optional<ClassVector> factors, double gamma)
      implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, classes);
      if (!(in.targets() instanceof Targets.ClassIds hard)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      NDArray loss = Focus.focal(logOddsAgainst(in, hard.ids()), gamma);
      return factors
          .map(vector -> loss.mul(vector.beside(in.logits()).gather(hard.ids(), 0)))
          .orElse(loss);
    }

    // log (1 - p_y) / p_y = logsumexp over the other classes - z_y: never the difference of 1 and a
    // probability that rounds to 1.
    private NDArray logOddsAgainst(LossInput in, NDArray ids) {
      NDArray others = in.logits().sub(Scalars.times(Labels.indicator(who, in), FAR_BELOW));
      NDArray largest = others.max(CLASS_AXIS, true).stopGradient();
      NDArray sum = others.sub(largest).exp().sum(CLASS_AXIS);
      return sum.log().add(largest.squeeze(1)).sub(Labels.pick(who, in.logits(), ids));
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Fades the loss of examples of class " + classId + " that are classified well.")
          .with("alpha", factors.map(vector -> vector.get(classId)).orElse(1.0))
          .with("gamma", gamma);
    }
  }
}
