package org.equipoise.api.sampling;

import org.equipoise.api.Named;

/** A rule by which training examples are drawn. */
public interface SamplerSpec extends Named {

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, batch size, streams
   * @return the sampler
   * @throws IllegalArgumentException if the rule is not defined for such a split
   */
  EpochSampler bind(SamplingContext context);
}
