package org.equipoise.samplers;

import java.util.Arrays;
import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws classes by their effective numbers E_c of examples, then an example of the class,
 * uniformly.
 *
 * <p>"Sampling by the effective number" is read in two ways that pull apart: at {@code beta} near 1
 * the reweighted reading is class-balanced and the proportional one keeps the classes' shares; at 0
 * it is the reverse. Draws are independent; one takes constant time.
 *
 * @param beta how much a further example of a class adds, in [0, 1); default 0.9999
 * @param reading which of the two; default {@link EffectiveNumberReading#REWEIGHTED}, which is what
 *     the released code of LDAM does when told to re-sample
 * @see <a href="https://arxiv.org/abs/1901.05555">Cui et al. 2019, Class-Balanced Loss Based on
 *     Effective Number of Samples, proposition 1</a>
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss</a>
 */
@Described(
    summary = "Draws classes by their effective numbers of examples, in one of two readings.",
    formula =
        "reweighted: p_c = (n_c / E_c) / sum_k (n_k / E_k); proportional: p_c = E_c / sum_k E_k; E_c"
            + " = (1 - beta^n_c) / (1 - beta)",
    source =
        "Cui et al. 2019, proposition 1, for E_c; the re-sampling rule and beta as in the code of"
            + " Cao et al. 2019 (LDAM)",
    differs =
        "Papers that sample \"by the effective number\" mean one reading or the other; LDAM's code"
            + " draws examples with weight 1 / E_y, the reweighted one.")
public record EffectiveNumber(double beta, EffectiveNumberReading reading) implements SamplerSpec {

  /** As in the released code of LDAM: {@code beta} 0.9999, examples weighted by 1 / E_y. */
  public EffectiveNumber() {
    this(0.9999, EffectiveNumberReading.REWEIGHTED);
  }

  /** Checks the range. */
  public EffectiveNumber {
    Objects.requireNonNull(reading, "reading");
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("beta: must be in [0, 1), was " + beta);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @throws EmptyClassException if a class has no example to draw
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    ClassCounts counts = context.index().counts();
    counts.requireNoEmptyClass(typeName());
    double[] weights = new double[counts.classes()];
    Arrays.setAll(
        weights, c -> reading.classWeight(counts.count(c), counts.effectiveNumber(c, beta)));
    return new ClassFirstSampler(context, new WeightedClasses(weights));
  }
}
