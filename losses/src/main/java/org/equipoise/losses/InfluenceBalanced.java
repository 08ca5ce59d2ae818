package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Cross-entropy divided by the influence of the example on the decision boundary.
 *
 * <p>The influence of an example on a linear head is the 1-norm of its gradient, ||p - e_y||_1
 * ||f||_1 = 2 (1 - p_y) ||f||_1; down-weighting by it keeps many easy head examples from bending
 * the boundary. Published for the second half of training, after cross-entropy, at a hundredth of
 * the learning rate, and with {@link InverseFrequency} class weights; both are chosen apart. As in
 * the released code the gradient goes through the influence too.
 *
 * <p>Needs pooled features, (N, D). Takes {@code ClassIds} targets.
 *
 * @param alpha the factor of the loss, &gt; 0
 * @param epsilon what is added to the influence before dividing, &gt; 0
 * @see <a href="https://arxiv.org/abs/2110.02444">Park et al. 2021, Influence-Balanced Loss for
 *     Imbalanced Visual Classification, equations 4 and 5</a>
 */
@Described(
    summary = "Cross-entropy divided by the influence of the example on the decision boundary.",
    formula =
        "l = alpha / (||p - e_y||_1 ||f||_1 + epsilon) (-log p_y), p = softmax(z), f the features",
    source =
        "Park et al. 2021, Influence-Balanced Loss for Imbalanced Visual Classification, equations"
            + " 4 and 5, and its released code for alpha = 1000 and epsilon = 0.001",
    differs =
        "The paper's class-wise factor (equation 6) is the class weighting inverse-frequency"
            + " here, and its equations have no epsilon. Released code trains with cross-entropy"
            + " until epoch 100 of 200; here that is a stage of its own.")
public record InfluenceBalanced(double alpha, double epsilon) implements LossSpec {

  private static final int[] LAST_AXIS = {1};

  /** Creates the loss of the released code: {@code alpha} 1000, {@code epsilon} 0.001. */
  public InfluenceBalanced() {
    this(1000, 1e-3);
  }

  /** Checks the ranges. */
  public InfluenceBalanced {
    requirePositive("alpha", alpha);
    requirePositive("epsilon", epsilon);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be > 0 and finite, was " + value);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(typeName(), train.classes(), alpha, epsilon);
  }

  private record Bound(String who, int classes, double alpha, double epsilon)
      implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, classes);
      if (!(in.targets() instanceof Targets.ClassIds hard)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      NDArray logProbabilities = in.logits().logSoftmax(1);
      NDArray crossEntropy = Labels.pick(who, logProbabilities, hard.ids()).neg();
      // 1 - p_y as the sum of the others: never the difference of 1 and a number that rounds to 1.
      NDArray others = Labels.indicator(who, in).neg().add(1);
      NDArray missed = logProbabilities.exp().mul(others).sum(LAST_AXIS);
      NDArray size = Companions.features(who, in).abs().sum(LAST_AXIS);
      return Scalars.times(crossEntropy, alpha)
          .div(Scalars.times(missed, 2).mul(size).add(epsilon));
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Divides the loss of an example of class "
                  + classId
                  + " by its influence; counts play no part without a class weighting.")
          .with("alpha", alpha)
          .with("epsilon", epsilon)
          .with("largestWeight", alpha / epsilon);
    }
  }
}
