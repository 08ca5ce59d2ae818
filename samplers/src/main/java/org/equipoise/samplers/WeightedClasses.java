package org.equipoise.samplers;

import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/** Classes with given probabilities, drawn independently, each in constant time. */
final class WeightedClasses implements ClassLaw {

  private static final UniformRandomProvider NOT_FOR_DRAWS =
      () -> {
        throw new IllegalStateException("weighted classes: the table itself draws nothing");
      };

  private final double[] probabilities;
  private final SharedStateDiscreteSampler table;

  /**
   * Prepares the draws.
   *
   * @param weights one weight a class, &gt;= 0 and finite, not all 0, of any sum
   */
  WeightedClasses(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    probabilities = Arrays.stream(weights).map(w -> w / sum).toArray();
    table = AliasMethodDiscreteSampler.of(NOT_FOR_DRAWS, probabilities);
  }

  @Override
  public IntSupplier draws(RandomGenerator random) {
    return table.withUniformRandomProvider(random::nextLong)::sample;
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }
}
