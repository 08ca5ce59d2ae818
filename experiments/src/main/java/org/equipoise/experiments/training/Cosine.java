package org.equipoise.experiments.training;

import org.equipoise.api.Described;
import org.equipoise.api.training.ScheduleSpec;

/**
 * Half a cosine from the base learning rate down to 0, after an optional linear warm-up.
 *
 * <p>With E epochs of S steps and w warm-up epochs, at time t in epochs (t = step / S, or with
 * {@link Granularity#EPOCH} the whole epochs passed):
 *
 * <ul>
 *   <li>t &lt; w: s + (1 - s) (step + 1) / (w S); by epoch s + (1 - s) (epoch + 1) / w
 *   <li>else: (1 + cos(pi (t - w) / (E - w))) / 2
 * </ul>
 *
 * <p>So the warm-up ends at exactly 1, the cosine starts at exactly 1, and the last step is one
 * step short of 0.
 *
 * @param warmupEpochs epochs of linear warm-up, &gt;= 0
 * @param granularity how often the learning rate moves
 * @param warmupStart the factor s that the warm-up rises from, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, SGDR: Stochastic
 *     Gradient Descent with Warm Restarts, equation 5</a>
 */
@Described(
    summary = "Lowers the learning rate along half a cosine to 0, after a linear warm-up.",
    formula =
        "t < w: s + (1 - s) (step + 1) / (w S); else (1 + cos(pi (t - w) / (E - w))) / 2, t in"
            + " epochs, S steps an epoch, E epochs, w of them warm-up, s = warmupStart",
    source = "Loshchilov and Hutter 2017, SGDR, equation 5, without restarts",
    differs =
        "PyTorch's CosineAnnealingLR is stepped by epoch in much of the field's code: granularity"
            + " epoch.")
public record Cosine(int warmupEpochs, Granularity granularity, double warmupStart)
    implements ScheduleSpec {

  /** No warm-up; the learning rate moves before each step. */
  public Cosine() {
    this(0, Granularity.STEP);
  }

  /**
   * A warm-up from 0.
   *
   * @param warmupEpochs epochs of linear warm-up, &gt;= 0
   * @param granularity how often the learning rate moves
   */
  public Cosine(int warmupEpochs, Granularity granularity) {
    this(warmupEpochs, granularity, 0);
  }

  /** Checks the range. */
  public Cosine {
    WarmUp.check(warmupEpochs);
    if (!(warmupStart >= 0 && warmupStart < 1)) {
      throw new IllegalArgumentException("warmupStart: expected in [0, 1), is " + warmupStart);
    }
  }

  @Override
  public double factor(Progress at) {
    if (at.epoch() < warmupEpochs) {
      return warmupStart + (1 - warmupStart) * WarmUp.factor(at, warmupEpochs, granularity);
    }
    double time = granularity == Granularity.EPOCH ? at.epoch() : at.time();
    return (1 + Math.cos(Math.PI * (time - warmupEpochs) / (at.epochs() - warmupEpochs))) / 2;
  }
}
