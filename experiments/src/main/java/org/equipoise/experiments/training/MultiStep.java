package org.equipoise.experiments.training;

import java.util.List;
import org.equipoise.api.Described;
import org.equipoise.api.training.ScheduleSpec;

/**
 * A learning rate that drops at given epochs, after an optional linear warm-up.
 *
 * <p>With w warm-up epochs of S steps: (epoch + 1) / w in epoch &lt; w, or with {@link
 * Granularity#STEP} (step + 1) / (w S); afterwards {@code factor} to the power of the number of
 * milestones that are &lt;= epoch. Epochs count from 0.
 *
 * @param milestones the epochs, 0-based, at whose start the learning rate drops; ascending, each
 *     &gt;= 1
 * @param factor what it is multiplied by at each, in (0, 1]
 * @param warmupEpochs epochs of linear warm-up, &gt;= 0
 * @param granularity how often the learning rate moves during the warm-up
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss</a>
 */
@Described(
    summary = "Drops the learning rate at given epochs, after a linear warm-up.",
    formula = "epoch < w: (epoch + 1) / w; else factor^(number of milestones <= epoch)",
    source = "Cao et al. 2019, LDAM-DRW, released code: 0.01 at 160 and 180, warm-up of 5 epochs",
    differs = "Most other recipes drop by 0.1.")
public record MultiStep(
    List<Integer> milestones, double factor, int warmupEpochs, Granularity granularity)
    implements ScheduleSpec {

  /** Times 0.01 at epochs 160 and 180 of 200, after a warm-up of 5 epochs that moves by epoch. */
  public MultiStep() {
    this(List.of(160, 180), 0.01, 5, Granularity.EPOCH);
  }

  /** Copies the list and checks the ranges. */
  public MultiStep {
    milestones = List.copyOf(milestones);
    for (int i = 0; i < milestones.size(); i++) {
      if (milestones.get(i) <= (i == 0 ? 0 : milestones.get(i - 1))) {
        throw new IllegalArgumentException(
            "milestones: expected ascending epochs >= 1, is " + milestones);
      }
    }
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("factor: expected in (0, 1], is " + factor);
    }
    WarmUp.check(warmupEpochs);
  }

  @Override
  public double factor(Progress at) {
    int epoch = at.epoch();
    if (epoch < warmupEpochs) {
      return WarmUp.factor(at, warmupEpochs, granularity);
    }
    long passed = milestones.stream().filter(milestone -> milestone <= epoch).count();
    return Math.pow(factor, (double) passed);
  }
}
