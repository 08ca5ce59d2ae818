package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Federated loss: binary cross-entropy on the classes of the batch and some others, drawn anew for
 * each batch.
 *
 * <p>In a federated data set an image does not say of most classes whether they are in it; so most
 * are not taken as negatives. The others are drawn from the batch's stream without replacement, one
 * after another, with probability proportional to n_c^power, until there are {@code classes}; a
 * class without training examples is never drawn unless {@code power} is 0. The logits are (N, K),
 * without a background column.
 *
 * <p>Takes {@code Regions}, {@code ClassIds} and {@code MultiHot} targets. The value is the sum
 * over rows and chosen classes divided by the number of rows.
 *
 * @param classes how many classes a batch has in its loss at least, &gt;= 1; with as many as there
 *     are, nothing is random
 * @param power of the counts in the probability of being drawn, &gt;= 0
 * @param counts what the probability is proportional to
 * @see <a href="https://arxiv.org/abs/2103.07461">Zhou et al. 2021, Probabilistic two-stage
 *     detection, appendix D</a>
 */
@Described(
    summary = "Binary cross-entropy on the classes of the batch and some others, drawn by count.",
    formula =
        "l = (1/N) sum_i sum_{j in S} BCE(z_ij, t_ij), S = classes of the batch, filled up to a"
            + " number of classes with negatives drawn ~ n_j^power",
    source =
        "Zhou et al. 2021, Probabilistic two-stage detection, appendix D; defaults of the"
            + " detectron2 implementation",
    differs =
        "detectron2 counts background as one of the classes if the batch has any, so that it draws"
            + " one negative class less.")
public record Federated(int classes, double power, CountKind counts) implements LossSpec {

  /** Creates the loss of detectron2: {@code classes} 50, {@code power} 0.5, of images. */
  public Federated() {
    this(50, 0.5, CountKind.IMAGE);
  }

  /** Checks the ranges. */
  public Federated {
    if (classes < 1) {
      throw new IllegalArgumentException("classes: must be >= 1, was " + classes);
    }
    if (!(power >= 0 && power < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("power: must be >= 0 and finite, was " + power);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    ClassCounts counted = counts.counts(train);
    double[] rates =
        IntStream.range(0, train.classes())
            .mapToDouble(c -> Math.pow((double) counted.count(c), power))
            .toArray();
    return new Bound(typeName(), classes, ClassVector.of(rates));
  }

  /** The bound loss, which also tells the classes that it draws. */
  record Bound(String who, int wanted, ClassVector rates) implements BatchLoss {

    private static final int[] ROW_AXIS = {0};

    @Override
    public NDArray evaluate(LossInput in) {
      Labels.requireWidth(who, in, rates.classes());
      NDArray positive = Labels.indicator(who, in);
      double[] chosen = chosen(positive.max(ROW_AXIS), in.random());
      NDArray terms = Focus.focal(in.logits().mul(Signs.against(positive)), 0);
      return terms.mean(ROW_AXIS).mul(ClassVector.of(chosen).beside(in.logits())).sum();
    }

    private double[] chosen(NDArray present, RandomGenerator random) {
      double[] chosen = new double[rates.classes()];
      boolean[] here = present.gt(0).toBooleanArray();
      int missing = wanted;
      for (int c = 0; c < chosen.length; c++) {
        if (here[c]) {
          chosen[c] = 1;
          missing--;
        }
      }
      if (missing > 0) {
        drawn(here, random).stream().limit(missing).forEach(c -> chosen[c] = 1);
      }
      return chosen;
    }

    /** Returns the absent classes in the order of a draw without replacement. */
    List<Integer> drawn(boolean[] here, RandomGenerator random) {
      double[] arrival = new double[here.length];
      List<Integer> order = new ArrayList<>();
      for (int c = 0; c < here.length; c++) {
        if (!here[c] && rates.get(c) > 0) {
          // The first of independent exponential arrivals is c with probability rate_c / sum.
          arrival[c] = -Math.log1p(-random.nextDouble()) / rates.get(c);
          order.add(c);
        }
      }
      order.sort(Comparator.comparingDouble(c -> arrival[c]));
      return order;
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Class "
                  + classId
                  + " counts in batches that have it, and in those for which it is drawn as a"
                  + " negative.")
          .with("relativeRateOfBeingDrawn", rates.get(classId))
          .with("classesOfABatch", Math.min(wanted, rates.classes()));
    }
  }
}
