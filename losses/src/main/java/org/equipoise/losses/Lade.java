package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Balanced Softmax with a regulariser that pulls each logit towards a log-density ratio: label
 * distribution disentangling.
 *
 * <p>The regulariser is a regularised Donsker-Varadhan bound a class, estimated on the batch: the
 * mean logit A_c of the class's own examples, less S_c, the log of the mean of exp(z_c) over a
 * batch re-weighted to uniform classes. It couples the examples, so the loss has one value a batch
 * (the mean) and takes no class weights. A class that is absent from the batch has A_c = 0 and
 * stays in the sum. At {@code alpha} = 0 it is {@link BalancedSoftmax}.
 *
 * <p>Takes {@code ClassIds} targets. Refuses a class without training examples. At logits of some
 * hundreds the square in the regulariser dominates the value.
 *
 * @param alpha the weight of the regulariser, &gt;= 0; published are 0.1 (CIFAR-100-LT), 0.05
 *     (ImageNet-LT, iNaturalist) and 0.005 (Places-LT)
 * @param lambda the weight of the squared term inside it, &gt;= 0; published are 0.01, 0.5 and 0.1,
 *     and 0.1 for iNaturalist
 * @param countEpsilon what is added to the batch's class counts before dividing; at 0 an absent
 *     class is divided by 1
 * @param priorEpsilon what is added to priors inside logs
 * @param prior whose class distribution pi is: that of the train counts, or of what the sampler
 *     draws
 * @see <a href="https://arxiv.org/abs/2012.00321">Hong et al. 2021, Disentangling Label
 *     Distribution for Long-tailed Visual Recognition, equations 15, 16 and 20</a>
 */
@Described(
    summary = "Balanced Softmax with a regulariser that makes logits log-density ratios.",
    formula =
        "L = mean_i -log softmax(z_i + log pi)_y - alpha sum_c pi_c (A_c - S_c - lambda S_c^2), A_c"
            + " = mean of z_ic over i of class c, S_c = log mean_i exp(z_ic - log pi_c - log K)",
    source =
        "Hong et al. 2021, Disentangling Label Distribution for Long-tailed Visual Recognition,"
            + " equations 15, 16 and 20; defaults as in its released code for CIFAR-100-LT",
    differs =
        "The paper sums the regulariser over the classes of the batch, here an absent class stays"
            + " in the sum. Code in the field adds 1e-8 to batch counts and 1e-9 to priors; both"
            + " are 0 here unless given.")
public record Lade(
    double alpha, double lambda, double countEpsilon, double priorEpsilon, PriorSource prior)
    implements LossSpec {

  private static final int[] BATCH_AXIS = {0};

  /**
   * Creates the loss as published for CIFAR-100-LT: {@code alpha} 0.1, {@code lambda} 0.01, no
   * epsilons, {@code prior} train-counts.
   */
  public Lade() {
    this(0.1, 0.01, 0, 0, PriorSource.TRAIN_COUNTS);
  }

  /** Checks the ranges. */
  public Lade {
    requireNotNegative("alpha", alpha);
    requireNotNegative("lambda", lambda);
    requireNotNegative("countEpsilon", countEpsilon);
    requireNotNegative("priorEpsilon", priorEpsilon);
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be >= 0 and finite, was " + value);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    ClassPrior pi = prior.of(typeName(), train);
    double uniform = 1.0 / train.classes();
    double[] toUniform =
        Arrays.stream(pi.toArray())
            .map(p -> Math.log(uniform + priorEpsilon) - Math.log(p + priorEpsilon))
            .toArray();
    double[] regularisation = Arrays.stream(pi.toArray()).map(p -> alpha * p).toArray();
    return new Bound(
        typeName(),
        this,
        ClassVector.of(pi.log()),
        ClassVector.of(toUniform),
        ClassVector.of(regularisation));
  }

  record Bound(
      String who,
      Lade parameters,
      ClassVector logPrior,
      ClassVector toUniform,
      ClassVector regularisation)
      implements BatchLoss {

    @Override
    public NDArray evaluate(LossInput in) {
      Labels.requireWidth(who, in, logPrior.classes());
      if (!(in.targets() instanceof Targets.ClassIds hard)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      NDArray logits = in.logits();
      NDArray shifted = logPrior.addedTo(logits);
      NDArray crossEntropy = Labels.pick(who, shifted.logSoftmax(1), hard.ids()).neg();
      NDArray second = secondTerm(in);
      NDArray bound =
          firstTerm(in).sub(second).sub(Scalars.times(second.square(), parameters.lambda()));
      NDArray regulariser = regularisation.scaling(bound).sum().neg();
      return crossEntropy.mean().add(regulariser);
    }

    /** A_c, the mean logit of each class over its own examples, (C). */
    NDArray firstTerm(LossInput in) {
      NDArray indicator = Labels.indicator(who, in);
      NDArray counts = indicator.sum(BATCH_AXIS);
      NDArray divisors =
          parameters.countEpsilon() > 0
              ? counts.add(parameters.countEpsilon())
              : Scalars.atLeast(counts, 1);
      return in.logits().mul(indicator).sum(BATCH_AXIS).div(divisors);
    }

    /** S_c, the log of the mean of exp(z_c) over the batch re-weighted to uniform classes, (C). */
    NDArray secondTerm(LossInput in) {
      NDArray values = toUniform.addedTo(in.logits());
      NDArray largest = values.max(BATCH_AXIS, true).stopGradient();
      return values.sub(largest).exp().mean(BATCH_AXIS).log().add(largest.squeeze(0));
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "In training, the logit of class "
                  + classId
                  + " is shifted by log pi, and pulled towards a log-density ratio.")
          .with("logitShift", logPrior.get(classId))
          .with("regularisation", regularisation.get(classId));
    }

    @Override
    public Optional<ClassVector> logitShift() {
      return Optional.of(logPrior);
    }
  }
}
