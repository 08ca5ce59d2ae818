package org.equipoise.losses;

import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;

/**
 * Class weights in inverse proportion to the class counts.
 *
 * <p>With class-mean 1 (the default) the mean EXAMPLE weight of a long tail is far below 1 and acts
 * as a lower learning rate; see {@link WeightNormalisation}. Refuses a class without training
 * examples.
 *
 * @param normalisation what the weights average to 1 over
 * @see <a href="https://arxiv.org/abs/1901.05555">Cui et al. 2019, Class-Balanced Loss Based on
 *     Effective Number of Samples, section 4 (the limit beta to 1)</a>
 */
@Described(
    summary = "Class weights in inverse proportion to the class counts.",
    formula = "w_c = (1 / n_c) / mean(1 / n), the mean over classes or over training examples",
    source =
        "Cui et al. 2019, Class-Balanced Loss Based on Effective Number of Samples, section 4 (the"
            + " limit beta to 1)")
public record InverseFrequency(WeightNormalisation normalisation) implements ClassWeightingSpec {

  /** Creates the weighting normalised to a class mean of 1. */
  public InverseFrequency() {
    this(WeightNormalisation.CLASS_MEAN);
  }

  @Override
  public double[] weights(ClassCounts counts) {
    counts.requireNoEmptyClass(typeName());
    return normalisation.apply(
        Arrays.stream(counts.toArray()).mapToDouble(n -> 1.0 / n).toArray(), counts);
  }
}
