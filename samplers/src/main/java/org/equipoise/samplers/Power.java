package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws classes in proportion to a power of their counts, then an example of the class, uniformly.
 *
 * <p>At {@code power} 0 classes are drawn equally often ({@link ClassBalanced}), at 1 each keeps
 * its share, as in {@link InstanceBalanced} but with replacement. Draws are independent; one takes
 * constant time.
 *
 * @param power the power, in [0, 1]; default 0.5, the published square-root sampling
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, equation 1</a>
 */
@Described(
    summary = "Draws classes in proportion to a power of their counts; by default the square root.",
    formula = "p_c = n_c^power / sum_k n_k^power; within the class uniform; independent draws",
    source = "Kang et al. 2020 (arXiv 1910.09217), equation 1 with q = power")
public record Power(double power) implements SamplerSpec {

  /** Square-root sampling. */
  public Power() {
    this(0.5);
  }

  /** Checks the range. */
  public Power {
    if (!(power >= 0 && power <= 1)) {
      throw new IllegalArgumentException("power: must be in [0, 1], was " + power);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @throws EmptyClassException if a class has no example to draw
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    context.index().counts().requireNoEmptyClass(typeName());
    double[] weights =
        Arrays.stream(context.index().counts().toArray())
            .mapToDouble(n -> Math.pow((double) n, power))
            .toArray();
    return new ClassFirstSampler(context, new WeightedClasses(weights));
  }
}
