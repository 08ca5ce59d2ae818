package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Label-distribution-aware margin loss: cross-entropy after a margin, larger for rarer classes, is
 * taken off the logit of the true class.
 *
 * <p>Margins are in units of cosines, for a head whose class rows and features have length 1. There
 * are two conventions for who multiplies by the scale s, and mixing them silently squares it:
 *
 * <ul>
 *   <li>{@code logitsAlreadyScaled} false, as published: the head returns cosines in [-1, 1], and
 *       the loss multiplies by s.
 *   <li>{@code logitsAlreadyScaled} true: the head (such as {@code cosine}) has multiplied by s
 *       already; the loss multiplies only its margins by {@code scale}, which must be the head's.
 * </ul>
 *
 * <p>Deferred re-weighting (DRW) is a class weighting from some epoch on, with {@link
 * EffectiveNumber}; the published reduction is then that by the sum of the weights.
 *
 * <p>Takes {@code ClassIds} targets. Refuses a class without training examples.
 *
 * @param maxMargin the margin of the rarest class, a difference of cosines, &gt;= 0
 * @param scale the factor s between cosines and logits, &gt; 0
 * @param logitsAlreadyScaled whether the head has multiplied by the scale
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss, equations 12 and 13</a>
 */
@Described(
    summary = "Cross-entropy with a margin on the true class that is larger for rarer classes.",
    formula =
        "l = -log softmax(s (z - m_y e_y))_y, or softmax(z - s m_y e_y)_y if z are scaled already;"
            + " m_c = m_max (n_min / n_c)^(1/4)",
    source =
        "Cao et al. 2019, Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss,"
            + " equations 12 and 13, and the released code for m_max = 0.5 and s = 30",
    differs =
        "LDAM's head returns cosines and its loss scales them; the heads of RIDE, SADE and LIFT"
            + " scale, and only the margin is multiplied by s in the loss. Say which in"
            + " logitsAlreadyScaled.")
public record Ldam(double maxMargin, double scale, boolean logitsAlreadyScaled)
    implements LossSpec {

  /**
   * Creates the loss of the released code: {@code maxMargin} 0.5, {@code scale} 30, {@code
   * logitsAlreadyScaled} false.
   */
  public Ldam() {
    this(0.5, 30, false);
  }

  /** Checks the ranges. */
  public Ldam {
    if (!(maxMargin >= 0 && maxMargin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("maxMargin: must be >= 0 and finite, was " + maxMargin);
    }
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale: must be > 0 and finite, was " + scale);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    train.instances().requireNoEmptyClass(typeName());
    long[] counts = train.instances().toArray();
    double least = Arrays.stream(counts).min().orElseThrow();
    double[] margins =
        Arrays.stream(counts).mapToDouble(n -> maxMargin * Math.pow(least / n, 0.25)).toArray();
    return new Bound(
        typeName(),
        ClassVector.of(margins),
        logitsAlreadyScaled ? ClassVector.of(times(margins, scale)) : ClassVector.of(margins),
        logitsAlreadyScaled ? 1 : scale,
        scale);
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private record Bound(
      String who, ClassVector margins, ClassVector offLogit, double factor, double scale)
      implements PerExampleLoss, LogitGradient {

    @Override
    public NDArray perExample(LossInput in) {
      NDArray ids = ids(in);
      return Labels.pick(who, scaled(in, Labels.indicator(who, in)).logSoftmax(1), ids).neg();
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      ids(in);
      NDArray trueClass = Labels.indicator(who, in);
      NDArray gradient = scaled(in, trueClass).softmax(1).sub(trueClass);
      return factor == 1 ? gradient : Scalars.times(gradient, factor);
    }

    private NDArray ids(LossInput in) {
      Labels.requireWidth(who, in, margins.classes());
      if (in.targets() instanceof Targets.ClassIds hard) {
        return hard.ids();
      }
      throw Labels.unsupported(who, in.targets(), "ClassIds");
    }

    private NDArray scaled(LossInput in, NDArray trueClass) {
      NDArray logits = in.logits();
      NDArray reduced = logits.sub(offLogit.scaling(trueClass));
      return factor == 1 ? reduced : Scalars.times(reduced, factor);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "An example of class "
                  + classId
                  + " counts as right only with a margin, which is larger the rarer the class.")
          .with("margin", margins.get(classId))
          .with("scale", scale);
    }

    @Override
    public double logitScale() {
      return factor;
    }
  }
}
