package org.equipoise.losses;

import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;

/**
 * Class weights in inverse proportion to the effective number of samples.
 *
 * <p>At {@code beta} = 0 all weights are 1; towards 1 they become those of {@link
 * InverseFrequency}. With class-mean 1 (the published normalisation, and the default) the mean
 * EXAMPLE weight of a long tail is far below 1 and acts as a lower learning rate; see {@link
 * WeightNormalisation}. Refuses a class without training examples.
 *
 * @param beta how much a further example of a class adds, in [0, 1)
 * @param normalisation what the weights average to 1 over
 * @see <a href="https://arxiv.org/abs/1901.05555">Cui et al. 2019, Class-Balanced Loss Based on
 *     Effective Number of Samples, equation 2</a>
 */
@Described(
    summary = "Class weights in inverse proportion to the effective number of samples.",
    formula =
        "w_c = (1 / E_c) / mean(1 / E), E_c = (1 - beta^n_c) / (1 - beta), the mean over classes or"
            + " over training examples",
    source =
        "Cui et al. 2019, Class-Balanced Loss Based on Effective Number of Samples, equation 2",
    differs = "LDAM-DRW's text says inverse frequency; its code is this with beta = 0.9999.")
public record EffectiveNumber(double beta, WeightNormalisation normalisation)
    implements ClassWeightingSpec {

  /** Creates the published weighting: {@code beta} 0.9999, class mean 1. */
  public EffectiveNumber() {
    this(0.9999, WeightNormalisation.CLASS_MEAN);
  }

  /** Checks the range. */
  public EffectiveNumber {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("beta: must be in [0, 1), was " + beta);
    }
  }

  @Override
  public double[] weights(ClassCounts counts) {
    counts.requireNoEmptyClass(typeName());
    double[] inverse = new double[counts.classes()];
    Arrays.setAll(inverse, c -> 1 / counts.effectiveNumber(c, beta));
    return normalisation.apply(inverse, counts);
  }
}
