package org.equipoise.losses;

import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;

/**
 * Class weights in inverse proportion to a power of the class prior.
 *
 * <p>At {@code rho} = 0 all weights are 1; at 1 they are those of {@link InverseFrequency}. Where
 * weights are normalised over classes, the mean EXAMPLE weight of a long tail is far below 1 and
 * acts as a lower learning rate; see {@link WeightNormalisation}. Refuses a class without training
 * examples.
 *
 * @param rho the exponent, finite; published are 1.2 for ImageNet-LT and 0.8 for LVIS 0.5
 * @param normalisation what the weights average to 1 over
 * @see <a href="https://arxiv.org/abs/2103.16370">Zhang et al. 2021, Distribution Alignment: A
 *     Unified Framework for Long-tail Visual Recognition, equation 11</a>
 */
@Described(
    summary = "Class weights in inverse proportion to a power of the class prior.",
    formula =
        "w_c = pi_c^(-rho) / mean(pi^(-rho)), the mean over classes or over training examples",
    source =
        "Zhang et al. 2021, Distribution Alignment: A Unified Framework for Long-tail Visual"
            + " Recognition, equation 11; rho as in its released code",
    differs =
        "The paper's weights sum to 1, by which the loss is smaller by the factor K; with the"
            + " class mean of 1 they sum to K.")
public record GeneralisedReweight(double rho, WeightNormalisation normalisation)
    implements ClassWeightingSpec {

  /** Creates the weighting as published for ImageNet-LT: {@code rho} 1.2, class mean 1. */
  public GeneralisedReweight() {
    this(1.2, WeightNormalisation.CLASS_MEAN);
  }

  /** Checks the range. */
  public GeneralisedReweight {
    if (!Double.isFinite(rho)) {
      throw new IllegalArgumentException("rho: must be finite, was " + rho);
    }
  }

  @Override
  public double[] weights(ClassCounts counts) {
    counts.requireNoEmptyClass(typeName());
    double total = counts.total();
    return normalisation.apply(
        Arrays.stream(counts.toArray()).mapToDouble(n -> Math.pow(total / n, rho)).toArray(),
        counts);
  }
}
