package org.equipoise.samplers;

import java.util.List;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws classes with given probabilities, then an example of the class, uniformly.
 *
 * <p>For the class distribution that is expected in use, or any other that no formula gives. Draws
 * are independent; one takes constant time. A class of probability 0 is never drawn for its own
 * sake and needs no examples.
 *
 * @param prior the probability of each class, each &gt;= 0, of sum 1 within 1e-6; scaled to a sum
 *     of 1. There is no default: without one the sampler is refused when it is bound
 */
@Described(
    summary = "Draws classes with given probabilities, then one of the class's examples.",
    formula = "p_c = prior_c; within the class uniform; independent draws",
    source = "Equipoise")
public record TargetPrior(List<Double> prior) implements SamplerSpec {

  // Shares typed with seven digits.
  private static final double SUM_TOLERANCE = 1e-6;

  /** Has no prior yet. */
  public TargetPrior() {
    this(List.of());
  }

  /** Checks that the numbers are probabilities, and copies them. */
  public TargetPrior {
    prior = List.copyOf(prior);
    double sum = 0;
    for (int c = 0; c < prior.size(); c++) {
      if (!(prior.get(c) >= 0)) {
        throw new IllegalArgumentException(
            "prior: each must be >= 0, was " + prior.get(c) + " for class " + c);
      }
      sum += prior.get(c);
    }
    if (!prior.isEmpty() && !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("prior: must sum to 1, sums to " + sum);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @throws IllegalArgumentException if there is not one probability for each class
   * @throws EmptyClassException if a class that is to be drawn has no example
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    int classes = context.index().classes();
    if (prior.size() != classes) {
      throw new IllegalArgumentException(
          "target-prior: prior has "
              + prior.size()
              + " probabilities; expected one for each of "
              + classes
              + " classes");
    }
    for (int c = 0; c < classes; c++) {
      if (prior.get(c) > 0 && context.index().count(c) == 0) {
        throw new EmptyClassException(typeName(), c);
      }
    }
    double[] weights = prior.stream().mapToDouble(p -> p).toArray();
    return new ClassFirstSampler(context, new WeightedClasses(weights));
  }
}
