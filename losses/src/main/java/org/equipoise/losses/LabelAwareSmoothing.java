package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.OptionalDouble;
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

/**
 * Cross-entropy with label smoothing that is stronger for frequent classes.
 *
 * <p>Against over-confidence, which grows with the class count: the largest class has {@code
 * smoothHead}, the smallest {@code smoothTail}, and {@code shape} says what lies between. Published
 * as the loss of a second stage, after mixup in the first.
 *
 * <p>If all counts are equal, every class is as large as the largest and has {@code smoothHead}:
 * the loss is then plain label smoothing by that share.
 *
 * <p>Takes {@code ClassIds} targets. Refuses a class without training examples. A class weight
 * multiplies the whole value of an example of its class.
 *
 * @param shape how the smoothing falls from the largest class to the smallest
 * @param smoothHead the share of the target spread over all classes, for the largest class, in [0,
 *     1)
 * @param smoothTail the same for the smallest class, in [0, 1)
 * @param power the exponent of shape {@code exp}, &gt; 0; given for that shape and no other
 * @see <a href="https://arxiv.org/abs/2104.00466">Zhong et al. 2021, Improving Calibration for
 *     Long-Tailed Recognition, section 3.2</a>
 */
@Described(
    summary = "Cross-entropy with label smoothing that is stronger for frequent classes.",
    formula =
        "l = (1 - e_y) (-log p_y) + (e_y / K) sum_j (-log p_j), p = softmax(z), e_c from smoothTail"
            + " at n_min to smoothHead at n_max",
    source =
        "Zhong et al. 2021, Improving Calibration for Long-Tailed Recognition, section 3.2, and its"
            + " released code (MiSLAS)",
    differs =
        "The paper spreads e_y over the other K - 1 classes, the released code and this over all K."
            + " Defaults are those for CIFAR-10-LT with imbalance factor 100. With equal counts the"
            + " code divides zero by zero; here e is smoothHead.")
public record LabelAwareSmoothing(
    SmoothingShape shape, double smoothHead, double smoothTail, OptionalDouble power)
    implements LossSpec {

  private static final int[] CLASS_AXIS = {1};

  /**
   * Creates the loss as published for CIFAR-10-LT with imbalance factor 100: {@code shape} concave,
   * {@code smoothHead} 0.3, {@code smoothTail} 0, no {@code power}.
   */
  public LabelAwareSmoothing() {
    this(SmoothingShape.CONCAVE, 0.3, 0, OptionalDouble.empty());
  }

  /** Checks the ranges. */
  public LabelAwareSmoothing {
    requireShare("smoothHead", smoothHead);
    requireShare("smoothTail", smoothTail);
    if (power.isPresent() != (shape == SmoothingShape.EXP)) {
      throw new IllegalArgumentException(
          "power: must be given for shape exp and no other, was " + power + " for " + shape);
    }
    if (power.isPresent()
        && !(power.getAsDouble() > 0 && power.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "power: must be > 0 and finite, was " + power.getAsDouble());
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(name + ": must be in [0, 1), was " + share);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    train.instances().requireNoEmptyClass(typeName());
    long[] counts = train.instances().toArray();
    double least = Arrays.stream(counts).min().orElseThrow();
    double largest = Arrays.stream(counts).max().orElseThrow();
    double[] smoothing =
        Arrays.stream(counts)
            .mapToDouble(n -> largest == least ? 1 : (n - least) / (largest - least))
            .map(share -> shape.between(smoothTail, smoothHead, share, power.orElse(1)))
            .toArray();
    return new Bound(typeName(), ClassVector.of(smoothing));
  }

  private record Bound(String who, ClassVector smoothing) implements PerExampleLoss, LogitGradient {

    @Override
    public NDArray perExample(LossInput in) {
      NDArray ids = ids(in);
      NDArray logProbabilities = in.logits().logSoftmax(1);
      NDArray ofLabel = Labels.pick(who, logProbabilities, ids).neg();
      NDArray ofAll = logProbabilities.mean(CLASS_AXIS).neg();
      return ofLabel.add(ofAll.sub(ofLabel).mul(share(in, ids)));
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      NDArray spread = share(in, ids(in)).expandDims(1);
      NDArray label = Labels.indicator(who, in);
      NDArray target = label.add(spread.mul(label.neg().add(1.0 / smoothing.classes())));
      return in.logits().softmax(1).sub(target);
    }

    private NDArray ids(LossInput in) {
      Labels.requireWidth(who, in, smoothing.classes());
      if (in.targets() instanceof Targets.ClassIds hard) {
        return hard.ids();
      }
      throw Labels.unsupported(who, in.targets(), "ClassIds");
    }

    private NDArray share(LossInput in, NDArray ids) {
      return smoothing.beside(in.logits()).gather(ids, 0);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Spreads a share of the target of class "
                  + classId
                  + " over all classes, the more the more frequent the class.")
          .with("labelSmoothing", smoothing.get(classId));
    }
  }
}
