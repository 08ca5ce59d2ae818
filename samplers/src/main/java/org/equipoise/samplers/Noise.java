package org.equipoise.samplers;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Where a draw takes its noise from.
 *
 * <p>Gumbel noise g is handed out as exp(-g), which is exponential with mean 1: the largest log rho
 * + g is the largest rho / exp(-g), without a logarithm.
 */
interface Noise {

  /** Draws exp(-g) for the next Gumbel number g: &gt; 0, exponential with mean 1. */
  double exponential();

  /** Draws as many in turn as are asked for. */
  default void exponentials(double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = exponential();
    }
  }

  /** Draws uniformly from [0, 1). */
  double uniform();

  /** Draws from a stream. */
  final class OfStream implements Noise {

    private final RandomGenerator random;
    private final ContinuousSampler exponential;

    OfStream(RandomGenerator random) {
      this.random = random;
      // Not the JDK's own, whose numbers differ between its versions.
      this.exponential = ZigguratSampler.Exponential.of(random::nextLong);
    }

    // One in 2^63 is 0, whose Gumbel number would be infinite. Not by Math.max, which heeds NaN and
    // signed zeros, and takes longer than the sampling.
    @Override
    public double exponential() {
      double next = exponential.sample();
      return next > 0 ? next : Double.MIN_NORMAL;
    }

    @Override
    public double uniform() {
      return random.nextDouble();
    }
  }
}
