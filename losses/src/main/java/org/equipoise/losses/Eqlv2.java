package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Equalization loss v2: binary cross-entropy a class, weighted by the ratio of the gradients that
 * pushed the class up and down so far.
 *
 * <p>The logits are (N, K + 1): K classes, then background. A class whose accumulated positive
 * gradients are small against its negative ones gets smaller negative and larger positive weights.
 * The weights of a step come from the gradients before it; the last column always weighs 1. At test
 * time the score of class j is sigmoid(z_j) (1 - sigmoid(z_K)). Counts play no part.
 *
 * <p>Takes {@code Regions}, {@code ClassIds} and {@code MultiHot} targets; of the latter, a row
 * without a label is background. The value is the sum over rows and columns divided by the number
 * of rows. With several processes the state would have to be summed over them.
 *
 * @param gamma the steepness of the map from the ratio to a weight, finite
 * @param mu the ratio at which negatives weigh one half, finite
 * @param alpha how much more positives weigh at most, &gt;= 0
 * @see <a href="https://arxiv.org/abs/2012.08548">Tan et al. 2021, Equalization Loss v2, the
 *     equations of the gradient guided reweighing (q, r, f and g)</a>
 */
@Described(
    summary = "Binary cross-entropy weighted by the ratio of each class's gradients so far.",
    formula =
        "l = sum_j w_j BCE(z_j, t_j), w_j = t_j (1 + alpha (1 - m_j)) + (1 - t_j) m_j, m_j ="
            + " sigmoid(gamma (g_j - mu)), g_j = sum of positive / sum of negative |dl/dz_j|",
    source =
        "Tan et al. 2021, Equalization Loss v2, the equations of the gradient guided reweighing (q,"
            + " r, f, g)",
    differs =
        "As in the released code, the last column is background with weight 1, the ratio starts at"
            + " 100 and has 1e-10 in its denominator.")
public record Eqlv2(double gamma, double mu, double alpha) implements LossSpec {

  /** Creates the published loss: {@code gamma} 12, {@code mu} 0.8, {@code alpha} 4. */
  public Eqlv2() {
    this(12, 0.8, 4);
  }

  /** Checks the ranges. */
  public Eqlv2 {
    requireFinite("gamma", gamma);
    requireFinite("mu", mu);
    if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha: must be >= 0 and finite, was " + alpha);
    }
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": must be finite, was " + value);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(typeName(), train.classes(), this);
  }

  /** The gradients that every class has seen so far; its arrays are never changed. */
  static final class Gradients {

    // A class that was never pushed either way counts as balanced.
    private static final double INITIAL_RATIO = 100;
    private static final double EPSILON = 1e-10;

    private final boolean initial;
    private final double[] positive;
    private final double[] negative;

    private Gradients(boolean initial, double[] positive, double[] negative) {
      this.initial = initial;
      this.positive = positive;
      this.negative = negative;
    }

    static Gradients none(int classes) {
      return new Gradients(true, new double[classes], new double[classes]);
    }

    double[] positive() {
      return positive.clone();
    }

    double[] negative() {
      return negative.clone();
    }

    double[] ratio() {
      double[] ratio = new double[positive.length];
      Arrays.setAll(ratio, j -> initial ? INITIAL_RATIO : positive[j] / (negative[j] + EPSILON));
      return ratio;
    }

    /** Returns the sums with those of a step; what is beyond K, background, is left out. */
    Gradients plus(double[] morePositive, double[] moreNegative) {
      double[] p = positive.clone();
      double[] n = negative.clone();
      Arrays.setAll(p, j -> p[j] + morePositive[j]);
      Arrays.setAll(n, j -> n[j] + moreNegative[j]);
      return new Gradients(false, p, n);
    }

    double[] encode() {
      int classes = positive.length;
      double[] numbers = new double[1 + 2 * classes];
      numbers[0] = initial ? 1 : 0;
      System.arraycopy(positive, 0, numbers, 1, classes);
      System.arraycopy(negative, 0, numbers, 1 + classes, classes);
      return numbers;
    }

    static Gradients decode(double[] numbers, int classes) {
      return new Gradients(
          numbers[0] == 1,
          Arrays.copyOfRange(numbers, 1, 1 + classes),
          Arrays.copyOfRange(numbers, 1 + classes, 1 + 2 * classes));
    }
  }

  /** The bound loss; its parts are compared with references one by one. */
  record Bound(String who, int classes, Eqlv2 spec) implements StatefulLoss<Gradients> {

    private static final int[] CLASS_AXIS = {1};
    private static final int[] ROW_AXIS = {0};

    @Override
    public Gradients initial() {
      return Gradients.none(classes);
    }

    @Override
    public NDArray evaluate(Gradients state, LossInput in) {
      return perRow(state, in).mean();
    }

    /** Returns the sum over the columns, (N). */
    NDArray perRow(Gradients state, LossInput in) {
      NDArray target = target(in);
      NDArray terms = Focus.focal(in.logits().mul(Signs.against(target)), 0);
      return terms.mul(weights(state, in.logits(), target)).sum(CLASS_AXIS);
    }

    @Override
    public Gradients advance(Gradients state, LossInput in) {
      NDArray target = target(in);
      // |sigmoid(z) - t| is the probability of the wrong answer.
      NDArray wrong = Activation.sigmoid(in.logits().mul(Signs.against(target)));
      NDArray size = wrong.mul(weights(state, in.logits(), target)).toType(DataType.FLOAT64, false);
      NDArray positive = size.mul(target.toType(DataType.FLOAT64, false));
      return state.plus(
          positive.sum(ROW_AXIS).toDoubleArray(), size.sub(positive).sum(ROW_AXIS).toDoubleArray());
    }

    /** Returns the weights of positives under a state, K and the last column's. */
    ClassVector positiveWeights(Gradients state) {
      return ClassVector.of(
          Arrays.stream(negativeWeights(state).toArray())
              .map(m -> 1 + spec.alpha() * (1 - m))
              .toArray());
    }

    /** Returns the weights of negatives under a state, K and the last column's. */
    ClassVector negativeWeights(Gradients state) {
      double[] ratio = state.ratio();
      double[] weights = new double[classes + 1];
      Arrays.setAll(weights, j -> j == classes ? 1 : map(ratio[j]));
      return ClassVector.of(weights);
    }

    private double map(double ratio) {
      return 1 / (1 + Math.exp(-spec.gamma() * (ratio - spec.mu())));
    }

    private NDArray target(LossInput in) {
      RegionLabels.requireWidth(who, in, classes, 1, "background");
      if (in.targets() instanceof Targets.MultiHot multi) {
        NDArray labels = Labels.values(who, in, multi, classes);
        return labels.concat(labels.max(CLASS_AXIS, true).neg().add(1), 1);
      }
      if (!(in.targets() instanceof Targets.ClassIds || in.targets() instanceof Targets.Regions)) {
        throw Labels.unsupported(who, in.targets(), "ClassIds, Regions or MultiHot");
      }
      NDArray ids = RegionLabels.ids(who, in, classes);
      return Labels.indicator(who, in.withTargets(new Targets.ClassIds(ids)));
    }

    private NDArray weights(Gradients state, NDArray logits, NDArray target) {
      NDArray up = positiveWeights(state).beside(logits);
      NDArray down = negativeWeights(state).beside(logits);
      return target.mul(up.sub(down)).add(down);
    }

    @Override
    public double[] encode(Gradients state) {
      return state.encode();
    }

    @Override
    public Gradients decode(double[] saved) {
      if (saved.length != 1 + 2 * classes) {
        throw new IllegalArgumentException(
            who
                + ": a state of "
                + classes
                + " classes has "
                + (1 + 2 * classes)
                + " numbers, this one has "
                + saved.length);
      }
      return Gradients.decode(saved, classes);
    }

    @Override
    public Set<LossNeed> needs() {
      return Set.of(LossNeed.MORE_COLUMNS);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Starts with full weights for class "
                  + classId
                  + "; the less it is pushed up against down, the less negatives and the more"
                  + " positives weigh.")
          .with("initialPositiveWeight", positiveWeights(initial()).get(classId))
          .with("initialNegativeWeight", negativeWeights(initial()).get(classId))
          .with("largestPositiveWeight", 1 + spec.alpha() * (1 - map(0)))
          .with("smallestNegativeWeight", map(0));
    }
  }
}
