package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Seesaw loss: a softmax in which rarer classes are pushed down less, unless they are mistaken for
 * the true class.
 *
 * <p>The logits are (N, K); background has a branch of its own, the input's objectness logits (N,
 * 2), foreground first. The mitigation factor looks at how often the two classes were seen in
 * training so far, the batch at hand included; the compensation factor takes it back where the
 * wrong class is more probable than the true one. At test time the score of class j is softmax(z)_j
 * softmax(o)_foreground. The published model takes cosine logits times 20.
 *
 * <ul>
 *   <li>{@code Regions}: the softmax sees objects only, the objectness branch all rows.
 *   <li>{@code ClassIds}: every row is an object; the objectness branch takes part if there is one.
 * </ul>
 *
 * <p>The counts start at zero: those of the train split play no part.
 *
 * @param p the strength of mitigation, &gt;= 0; at 0 there is none
 * @param q the strength of compensation, &gt;= 0; at 0 there is none
 * @param epsilon the least probability of the true class that compensation divides by, in (0, 1]
 * @param averageFactor what both sums are divided by, &gt; 0. Empty: the softmax by the number of
 *     objects in the batch (its value is 0 without any), the branch by the number of rows
 * @see <a href="https://arxiv.org/abs/2008.10032">Wang et al. 2021, Seesaw Loss for Long-Tailed
 *     Instance Segmentation, the equations of L_seesaw, M_ij and C_ij</a>
 */
@Described(
    summary = "A softmax that spares classes seen less often, unless they are mistaken for truth.",
    formula =
        "l = -log softmax(z + log M + log C)_y; M_j = min(1, N_j / N_y)^p, C_j = max(1, s_j /"
            + " max(s_y, epsilon))^q for j != y, s = softmax(z) held constant, N counts so far;"
            + " plus the cross-entropy of objectness",
    source =
        "Wang et al. 2021, Seesaw Loss for Long-Tailed Instance Segmentation, the"
            + " equations of L_seesaw, M_ij and C_ij",
    differs =
        "The released code adds a batch to its counts inside the forward pass; here evaluating"
            + " counts the batch too, but only a training step keeps it. Counts below 1 count as 1"
            + " in both.")
public record Seesaw(double p, double q, double epsilon, OptionalDouble averageFactor)
    implements LossSpec {

  /**
   * Creates the published loss: {@code p} 0.8, {@code q} 2, {@code epsilon} 0.01, means over the
   * batch.
   */
  public Seesaw() {
    this(0.8, 2, 0.01, OptionalDouble.empty());
  }

  /** Checks the ranges. */
  public Seesaw {
    requireStrength("p", p);
    requireStrength("q", q);
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon: must be in (0, 1], was " + epsilon);
    }
    if (averageFactor.isPresent()
        && !(averageFactor.getAsDouble() > 0
            && averageFactor.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "averageFactor: must be > 0 and finite, was " + averageFactor.getAsDouble());
    }
  }

  private static void requireStrength(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be >= 0 and finite, was " + value);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(typeName(), train.classes(), this);
  }

  /** How often each class, and background after them, was seen; never changed. */
  static final class Seen {

    private final double[] counts;

    Seen(double[] counts) {
      this.counts = counts.clone();
    }

    double[] counts() {
      return counts.clone();
    }

    Seen plus(long[] ids) {
      double[] more = counts.clone();
      for (long id : ids) {
        more[(int) id]++;
      }
      return new Seen(more);
    }

    /** Returns log max(1, N_j) of the classes. */
    ClassVector log() {
      return ClassVector.of(
          Arrays.stream(counts, 0, counts.length - 1).map(n -> Math.log(Math.max(1, n))).toArray());
    }
  }

  /** The bound loss; its parts are compared with references one by one. */
  record Bound(String who, int classes, Seesaw spec) implements StatefulLoss<Seen> {

    private static final int[] CLASS_AXIS = {1};

    @Override
    public Seen initial() {
      return new Seen(new double[classes + 1]);
    }

    @Override
    public NDArray evaluate(Seen state, LossInput in) {
      NDArray ofClasses = classValue(state, in);
      return in.objectness().isEmpty() && in.targets() instanceof Targets.ClassIds
          ? ofClasses
          : ofClasses.add(objectnessValue(in));
    }

    /** Returns the softmax's share of the value. */
    NDArray classValue(Seen state, LossInput in) {
      NDArray sum = perRow(state, in).sum();
      if (spec.averageFactor().isPresent()) {
        return Scalars.times(sum, 1 / spec.averageFactor().getAsDouble());
      }
      long objects =
          Arrays.stream(RegionLabels.ids(who, in, classes).toLongArray())
              .filter(id -> id < classes)
              .count();
      return Scalars.times(sum, 1.0 / Math.max(1, objects));
    }

    /** Returns the objectness branch's share of the value. */
    NDArray objectnessValue(LossInput in) {
      NDArray perRow = objectnessPerRow(in);
      return spec.averageFactor().isPresent()
          ? Scalars.times(perRow.sum(), 1 / spec.averageFactor().getAsDouble())
          : perRow.mean();
    }

    /** Returns the objectness branch's cross-entropy, (N). */
    NDArray objectnessPerRow(LossInput in) {
      NDArray object = indicator(in).sum(CLASS_AXIS);
      return RegionLabels.objectness(who, in, object.neg().add(1));
    }

    /** Returns the softmax's value of each object, and 0 of background, (N). */
    NDArray perRow(Seen state, LossInput in) {
      NDArray target = indicator(in);
      NDArray shifted = in.logits().add(logFactors(state, in, target));
      return shifted.logSoftmax(1).mul(target).sum(CLASS_AXIS).neg();
    }

    /** Returns log (M C), 0 at the true class, (N, K), constant for the gradient. */
    NDArray logFactors(Seen state, LossInput in, NDArray target) {
      NDArray seen = state.plus(ids(in)).log().beside(in.logits());
      NDArray ofTruth = target.mul(seen).sum(CLASS_AXIS, true);
      NDArray mitigation = Scalars.times(Scalars.atLeast(ofTruth.sub(seen), 0), -spec.p());
      NDArray logProbabilities = in.logits().stopGradient().logSoftmax(1);
      NDArray truth =
          Scalars.atLeast(
              logProbabilities.mul(target).sum(CLASS_AXIS, true), Math.log(spec.epsilon()));
      NDArray compensation =
          Scalars.times(Scalars.atLeast(logProbabilities.sub(truth), 0), spec.q());
      return mitigation.add(compensation).mul(target.neg().add(1)).stopGradient();
    }

    /** Returns 1 at each object's class, (N, K), beside the logits. */
    NDArray indicator(LossInput in) {
      Labels.requireWidth(who, in, classes);
      RegionLabels.ids(who, in, classes);
      return Labels.indicator(who, in);
    }

    private long[] ids(LossInput in) {
      return RegionLabels.ids(who, in, classes).toLongArray();
    }

    @Override
    public Seen advance(Seen state, LossInput in) {
      indicator(in);
      return state.plus(ids(in));
    }

    @Override
    public double[] encode(Seen state) {
      return state.counts();
    }

    @Override
    public Seen decode(double[] saved) {
      if (saved.length != classes + 1) {
        throw new IllegalArgumentException(
            who
                + ": a state of "
                + classes
                + " classes has "
                + (classes + 1)
                + " counts, this one has "
                + saved.length);
      }
      return new Seen(saved);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Objects of a class seen more often than class "
                  + classId
                  + " push it down by the ratio of the counts so far, to the power p; more again"
                  + " where it is mistaken for them.")
          .with("mitigationPower", spec.p())
          .with("compensationPower", spec.q());
    }
  }
}
