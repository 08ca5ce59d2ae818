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

  /**
   * Says whether the bound sampler learns by looking ahead, {@link MetaStep#lookAhead}.
   *
   * <p>Training then refuses, before the first step, a stage that cannot be looked ahead in: its
   * head must be linear and trained, its optimizer SGD, its loss one value an example with a {@link
   * org.equipoise.api.loss.LogitGradient}, and its batches of one class an example.
   *
   * @return false unless overridden
   */
  default boolean looksAhead() {
    return false;
  }

  /**
   * Says whether the bound sampler asks for labels and features of the validation split, which is
   * then made ready beside the train split.
   *
   * @return false unless overridden
   */
  default boolean looksAtValidation() {
    return false;
  }
}
