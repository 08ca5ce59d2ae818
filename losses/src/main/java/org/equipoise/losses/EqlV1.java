package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Equalization loss for detectors: binary cross-entropy a class, in which objects of other classes
 * do not push rare classes down.
 *
 * <p>Background still does, so a rare class learns what it is not, but not at the cost of its
 * rivals. The logits are (N, K), one sigmoid a class and no background column.
 *
 * <ul>
 *   <li>{@code Regions}: as published.
 *   <li>{@code ClassIds}: every row is an object.
 *   <li>{@code MultiHot}: a row with a label is an object, a row without is background.
 * </ul>
 *
 * <p>A class without training examples is rare like any other below {@code lambda}.
 *
 * @param lambda the share of images (or objects) below which (strictly) a class is rare, &gt;= 0
 * @param gamma the probability with which a term is left out, in [0, 1]. At 1 nothing is random;
 *     below 1 one coin a row and class is drawn from the batch's stream, row by row
 * @param counts what {@code lambda} is a share of
 * @see <a href="https://arxiv.org/abs/2003.05176">Tan et al. 2020, Equalization Loss for
 *     Long-Tailed Object Recognition, the equation of L_EQL and that of its weights w_j</a>
 */
@Described(
    summary = "Binary cross-entropy in which other objects do not push rare classes down.",
    formula =
        "l = sum_j w_j BCE(z_j, [j = y]), w_j = 1 - b_j [region is an object] [f_j < lambda] [j !="
            + " y], b_j ~ Bernoulli(gamma)",
    source =
        "Tan et al. 2020, Equalization Loss for Long-Tailed Object Recognition, the equations of L_EQL"
            + " and of its weights w_j",
    differs =
        "The paper's threshold is 1.76e-3 and the released code's 0.00177, the default here; gamma"
            + " is the paper's parameter of the softmax form, and 1 in detection.")
public record EqlV1(double lambda, double gamma, CountKind counts) implements LossSpec {

  private static final int[] CLASS_AXIS = {1};

  /**
   * Creates the published loss for LVIS: {@code lambda} 0.00177, {@code gamma} 1, {@code counts} of
   * images.
   */
  public EqlV1() {
    this(0.00177, 1, CountKind.IMAGE);
  }

  /** Checks the ranges. */
  public EqlV1 {
    Masks.requireThreshold("lambda", lambda);
    Masks.requireProbability("gamma", gamma);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    double[] rates = new double[train.classes()];
    double[] rare = new double[rates.length];
    for (int c = 0; c < rare.length; c++) {
      rates[c] = counts.rate(train, c);
      rare[c] = rates[c] < lambda ? 1 : 0;
    }
    return new Bound(typeName(), ClassVector.of(rates), ClassVector.of(rare), gamma);
  }

  /** The bound loss, which also tells its weights. */
  record Bound(String who, ClassVector rates, ClassVector rare, double gamma)
      implements PerExampleLoss, OfSigmoids {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, rare.classes());
      NDArray positive = Labels.indicator(who, in);
      NDArray terms = Focus.focal(in.logits().mul(Signs.against(positive)), 0);
      return terms.mul(weights(in, positive)).sum(CLASS_AXIS);
    }

    /** Returns w, (N, C), beside the logits. */
    NDArray weights(LossInput in, NDArray positive) {
      NDArray object = positive.max(CLASS_AXIS, true);
      NDArray leftOut =
          rare.scaling(Masks.draw(in.random(), in.logits(), gamma))
              .mul(object)
              .mul(positive.neg().add(1));
      return leftOut.neg().add(1);
    }

    @Override
    public Explanation explain(int classId) {
      boolean isRare = rare.get(classId) == 1;
      return Explanation.of(
              classId,
              isRare
                  ? "Class " + classId + " is rare: only background counts against it in full."
                  : "Class " + classId + " is not rare: everything else counts against it.")
          .with("share", rates.get(classId))
          .with("negativeWeightOfOtherObjects", isRare ? 1 - gamma : 1);
    }
  }
}
