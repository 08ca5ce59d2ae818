package org.equipoise.methods.transform;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.BatchTransform;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Remix: mixup whose label goes wholly to the rarer class of a pair, where the pair is uneven
 * enough and the rarer example has most of the mixed input.
 *
 * <p>Inputs are mixed as by {@link Mixup}, by one share lambda a batch. The share of the labels is
 * one of each example ({@link MixShare.OfExamples}), so the loss must have one value per example.
 * Counts are those of what is trained on. Takes {@code ClassIds} targets: counts are of one class
 * an example.
 *
 * @param alpha the shape of Beta(alpha, alpha) from which lambda is drawn, &gt; 0; default 1
 * @param kappa how many times as many training examples the other class must have at least, &gt;=
 *     1; default 3
 * @param tau the share of the other class's example in the input must be below it, in [0, 1];
 *     default 0.5. At 0 no label is changed, which is mixup
 * @see <a href="https://arxiv.org/abs/2007.03943">Chou et al. 2020, Remix: Rebalanced Mixup,
 *     equation 10</a>
 */
@Described(
    summary = "Mixup whose label goes to the rarer class where a pair of classes is uneven.",
    formula =
        "x = lambda x_a + (1 - lambda) x_b, l = m l_a + (1 - m) l_b; m = 0 if n_a >= kappa n_b and"
            + " lambda < tau; m = 1 if n_b >= kappa n_a and 1 - lambda < tau; else m = lambda",
    source = "Chou et al. 2020, equation 10; kappa and tau as published")
public record Remix(double alpha, double kappa, double tau) implements BatchTransformSpec {

  /** The published values: {@code alpha} 1, {@code kappa} 3, {@code tau} 0.5. */
  public Remix() {
    this(1, 3, 0.5);
  }

  /** Checks the ranges. */
  public Remix {
    Blend.requireShape(alpha);
    if (!(kappa >= 1 && Double.isFinite(kappa))) {
      throw new IllegalArgumentException("kappa: must be finite and >= 1, was " + kappa);
    }
    if (!(tau >= 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau: must be in [0, 1], was " + tau);
    }
  }

  @Override
  public BatchTransform bind(TrainStatistics train) {
    ClassCounts counts = train.instances();
    return (batch, random) -> apply(counts, batch, random);
  }

  private InputBatch apply(ClassCounts counts, InputBatch batch, RandomGenerator random) {
    if (!(batch.targets() instanceof Targets.ClassIds hard)) {
      throw new UnsupportedOperationException(
          typeName()
              + ": takes targets of type ClassIds, not "
              + batch.targets().getClass().getSimpleName()
              + ": counts are compared of one class an example");
    }
    Blend blend = Blend.draw(alpha, batch, random);
    Targets.ClassIds others = (Targets.ClassIds) blend.partners().of(hard);
    double[] shares =
        shares(counts, blend.lambda(), hard.ids().toLongArray(), others.ids().toLongArray());
    return blend.of(batch, others, new MixShare.OfExamples(shares));
  }

  /** Returns the share of the first label of each pair. */
  double[] shares(ClassCounts counts, double lambda, long[] a, long[] b) {
    double[] shares = new double[a.length];
    Arrays.setAll(shares, i -> share(counts.count((int) a[i]), counts.count((int) b[i]), lambda));
    return shares;
  }

  private double share(long ofA, long ofB, double lambda) {
    if (lambda < tau && ofA >= kappa * ofB) {
      return 0;
    }
    if (1 - lambda < tau && ofB >= kappa * ofA) {
      return 1;
    }
    return lambda;
  }
}
