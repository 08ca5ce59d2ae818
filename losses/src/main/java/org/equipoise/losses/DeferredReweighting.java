package org.equipoise.losses;

import java.util.Arrays;
import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.stats.ClassCounts;

/**
 * Deferred re-weighting (DRW): all classes weigh 1 until an epoch, and what a rule says from then
 * on.
 *
 * <p>{@code startEpoch} is the first weighted epoch, counted from 0. A stage that ends before it is
 * refused: it would be unweighted without a word. Where a weighting is asked for without an epoch,
 * as in plain DJL, the weights are those after the start.
 *
 * @param weighting the rule after the start; default {@link EffectiveNumber} of beta 0.9999, as in
 *     the released code
 * @param startEpoch the first weighted epoch, &gt;= 0; default 160, published for stages of 200
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss, algorithm 1</a>
 */
@Described(
    summary = "No class weights until an epoch, those of another rule from then on.",
    formula = "w_c(epoch) = 1 for epoch < startEpoch, else that of the rule",
    source =
        "Cao et al. 2019, Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss,"
            + " algorithm 1; epoch and rule as in its released code",
    differs =
        "The paper's text says inverse frequency; its code is the effective number with beta 0.9999."
            + " Its code fails at epoch 320 of a longer training; here the rule stays.")
public record DeferredReweighting(ClassWeightingSpec weighting, int startEpoch)
    implements ClassWeightingSpec {

  /** The effective number of beta 0.9999 from epoch 160 on. */
  public DeferredReweighting() {
    this(new EffectiveNumber(), 160);
  }

  /** Checks the range. */
  public DeferredReweighting {
    Objects.requireNonNull(weighting, "weighting");
    if (startEpoch < 0) {
      throw new IllegalArgumentException("startEpoch: must be >= 0, was " + startEpoch);
    }
  }

  @Override
  public double[] weights(ClassCounts counts) {
    return weighting.weights(counts);
  }

  @Override
  public double[] weights(ClassCounts counts, int epoch, int epochs) {
    if (startEpoch >= epochs) {
      throw new IllegalArgumentException(
          "deferred-reweighting: startEpoch is "
              + startEpoch
              + ", but the stage has "
              + epochs
              + " epochs; expected fewer than those");
    }
    // Asked at every epoch, so that counts which the rule refuses are refused at the first.
    double[] after = weighting.weights(counts, epoch, epochs);
    if (epoch < startEpoch) {
      Arrays.fill(after, 1);
    }
    return after;
  }
}
