package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Feature distillation: cross-entropy mixed with the cosine distance between the student's and the
 * teacher's features.
 *
 * <p>The loss of Class-Balanced Distillation, whose student is trained with class-balanced sampling
 * against teachers that were not. No gradient reaches the teacher.
 *
 * <p>A zero vector has no direction: its cosine with anything is 0, so its distance is 1, and no
 * gradient is sent through it (the true one has no limit there). Lengths play no part otherwise,
 * and may be of any size that the dtype holds.
 *
 * <p>Needs the student's pooled features and a teacher's, both (N, D). Takes {@code ClassIds}
 * targets; with empty {@code alpha} any.
 *
 * @param alpha the share of distillation, in [0, 1]; empty for distillation alone, without
 *     cross-entropy
 * @param beta the factor of the distance, &gt;= 0
 * @see <a href="https://arxiv.org/abs/2104.05279">Iscen et al. 2021, Class-Balanced Distillation
 *     for Long-Tailed Visual Recognition, the definition of the loss of its second stage</a>
 */
@Described(
    summary = "Cross-entropy mixed with the cosine distance to the teacher's features.",
    formula =
        "l = (1 - alpha) CE(z, y) + alpha beta (1 - cos(f, f_teacher)); without alpha: beta (1 -"
            + " cos)",
    source =
        "Iscen et al. 2021, Class-Balanced Distillation for Long-Tailed Visual Recognition, the"
            + " definition of the loss of its second stage, and its released code",
    differs =
        "Released code adds the weight decay to the loss, at half the rate that PyTorch means by"
            + " the same number; here the optimizer does it. A zero vector has no direction: its"
            + " distance is 1 here, and no gradient goes through it.")
public record CosineDistillation(OptionalDouble alpha, double beta) implements LossSpec {

  private static final int[] FEATURE_AXIS = {1};

  /** Creates the loss of Class-Balanced Distillation: {@code alpha} 0.4, {@code beta} 100. */
  public CosineDistillation() {
    this(OptionalDouble.of(0.4), 100);
  }

  /** Checks the ranges. */
  public CosineDistillation {
    if (alpha.isPresent() && !(alpha.getAsDouble() >= 0 && alpha.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("alpha: must be in [0, 1], was " + alpha.getAsDouble());
    }
    if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta: must be >= 0 and finite, was " + beta);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(typeName(), train.classes(), alpha, beta);
  }

  private record Bound(String who, int classes, OptionalDouble alpha, double beta)
      implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, classes);
      if (in.targets() instanceof Targets.Mixed) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      NDArray distance = Scalars.times(cosine(in).neg().add(1), beta);
      if (alpha.isEmpty()) {
        return distance;
      }
      if (!(in.targets() instanceof Targets.ClassIds hard)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds");
      }
      double share = alpha.getAsDouble();
      NDArray crossEntropy = Labels.pick(who, in.logits().logSoftmax(1), hard.ids()).neg();
      return Scalars.times(crossEntropy, 1 - share).add(Scalars.times(distance, share));
    }

    private NDArray cosine(LossInput in) {
      NDArray student = Companions.features(who, in);
      NDArray teacher =
          Companions.constant(who, "features", Companions.teacher(who, in).features(), student);
      NDArray lengthOne = unit(student);
      return lengthOne.mul(unit(teacher)).sum(FEATURE_AXIS);
    }

    /** Rows of length 1; a zero row stays zero, without gradient. */
    private static NDArray unit(NDArray rows) {
      // The direction does not depend on the length, so dividing by a constant leaves value and
      // gradient right, and squares of any float then neither overflow nor vanish.
      NDArray largest = rows.abs().max(FEATURE_AXIS, true).stopGradient();
      NDArray zero = largest.eq(0).toType(rows.getDataType(), false);
      NDArray scaled = rows.mul(zero.neg().add(1)).div(largest.add(zero));
      return scaled.div(scaled.square().sum(FEATURE_AXIS, true).add(zero).sqrt());
    }

    @Override
    public Set<LossNeed> needs() {
      return Set.of(LossNeed.TEACHER);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Turns the features of class "
                  + classId
                  + " towards the teacher's; counts play no part.")
          .with("crossEntropyShare", alpha.isPresent() ? 1 - alpha.getAsDouble() : 0)
          .with("distanceFactor", alpha.orElse(1) * beta);
    }
  }
}
