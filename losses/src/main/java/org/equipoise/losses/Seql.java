package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Softmax equalization: cross-entropy in which rare classes are mostly not pushed down by examples
 * of other classes.
 *
 * <p>For each example and each class whose prior is below {@code lambda}, a coin that falls with
 * probability {@code gamma} takes the class out of the softmax's denominator, unless the class is
 * the example's own. The coins come from the batch's random stream, one a row and class, row by
 * row. At {@code gamma} = 0, and where no class is rare, the loss is cross-entropy.
 *
 * <p>Takes {@code ClassIds} targets. A class without training examples is rare like any other below
 * {@code lambda}: with {@code gamma} 1 its logit gets no gradient at all.
 *
 * @param lambda the prior below which (strictly) a class is rare, &gt;= 0
 * @param gamma the probability with which a rare class is left out, in [0, 1]
 * @see <a href="https://arxiv.org/abs/2003.05176">Tan et al. 2020, Equalization Loss for
 *     Long-Tailed Object Recognition, the equations of the softmax equalization loss and of its
 *     weights</a>
 */
@Described(
    summary = "Cross-entropy that mostly leaves rare classes out of other examples' denominators.",
    formula =
        "l = log sum_j w_j exp(z_j) - z_y, w_j = 1 - b_j [pi_j < lambda] [j != y], b_j ~"
            + " Bernoulli(gamma)",
    source =
        "Tan et al. 2020, Equalization Loss for Long-Tailed Object Recognition, the"
            + " equations of the softmax equalization loss and of its weights",
    differs =
        "The paper has lambda and gamma a data set; the defaults are those of the BagofTricks code,"
            + " which exponentiates raw logits and overflows where this does not.")
public record Seql(double lambda, double gamma) implements LossSpec {

  // Takes a logit out of a sum of exponentials, in float32 too.
  private static final double FAR_BELOW = 1e30;

  /**
   * Creates the loss with the defaults of released code: {@code lambda} 0.005, {@code gamma} 0.9.
   */
  public Seql() {
    this(0.005, 0.9);
  }

  /** Checks the ranges. */
  public Seql {
    Masks.requireThreshold("lambda", lambda);
    Masks.requireProbability("gamma", gamma);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    ClassPrior prior = train.instances().prior();
    double[] rare = new double[train.classes()];
    for (int c = 0; c < rare.length; c++) {
      rare[c] = prior.probability(c) < lambda ? 1 : 0;
    }
    return new Bound(typeName(), prior, ClassVector.of(rare), gamma);
  }

  private record Bound(String who, ClassPrior prior, ClassVector rare, double gamma)
      implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, rare.classes());
      if (!(in.targets() instanceof Targets.ClassIds hard)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      NDArray others = Labels.indicator(who, in).neg().add(1);
      NDArray dropped = rare.scaling(Masks.draw(in.random(), in.logits(), gamma)).mul(others);
      NDArray kept = in.logits().sub(Scalars.times(dropped, FAR_BELOW));
      return Labels.pick(who, kept.logSoftmax(1), hard.ids()).neg();
    }

    @Override
    public Explanation explain(int classId) {
      boolean isRare = rare.get(classId) == 1;
      return Explanation.of(
              classId,
              isRare
                  ? "Class "
                      + classId
                      + " is rare: examples of other classes push its logit down only now and then."
                  : "Class " + classId + " is not rare: every example counts against it in full.")
          .with("prior", prior.probability(classId))
          .with("leftOutProbability", isRare ? gamma : 0);
    }
  }
}
