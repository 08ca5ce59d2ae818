package org.equipoise.api.sampling;

import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.api.random.RandomStreams;

/**
 * What a sampler is bound to.
 *
 * @param index the labels of the train split; at least one example
 * @param batchSize the number of examples a batch, &gt;= 1; the last batch of an epoch may be
 *     smaller
 * @param epochs the number of epochs of the stage, &gt;= 1
 * @param stepsPerEpoch the number of batches an epoch; by default the train split once
 * @param random the stage's streams; a sampler draws from {@code sampler/epoch=E}
 * @param validation the labels of the validation split, if there is one and the sampler {@linkplain
 *     SamplerSpec#looksAtValidation looks at it}
 */
public record SamplingContext(
    LabelIndex index,
    int batchSize,
    int epochs,
    OptionalInt stepsPerEpoch,
    RandomStreams random,
    Optional<LabelIndex> validation) {

  /**
   * Has no validation split.
   *
   * @param index the labels of the train split
   * @param batchSize the number of examples a batch
   * @param epochs the number of epochs of the stage
   * @param stepsPerEpoch the number of batches an epoch
   * @param random the stage's streams
   */
  public SamplingContext(
      LabelIndex index,
      int batchSize,
      int epochs,
      OptionalInt stepsPerEpoch,
      RandomStreams random) {
    this(index, batchSize, epochs, stepsPerEpoch, random, Optional.empty());
  }

  /** Checks the ranges. */
  public SamplingContext {
    require(index.examples() >= 1, "train split is empty");
    require(batchSize >= 1, "batchSize is " + batchSize + "; expected >= 1");
    require(epochs >= 1, "epochs is " + epochs + "; expected >= 1");
    require(
        stepsPerEpoch.isEmpty() || stepsPerEpoch.getAsInt() >= 1,
        "stepsPerEpoch is " + stepsPerEpoch + "; expected >= 1");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("sampling: " + message);
    }
  }

  /**
   * Returns how many examples an epoch draws: N, or {@code stepsPerEpoch} full batches.
   *
   * @return the number of draws, &gt;= 1
   */
  public int drawsPerEpoch() {
    return stepsPerEpoch.isPresent()
        ? Math.multiplyExact(stepsPerEpoch.getAsInt(), batchSize)
        : index.examples();
  }

  /**
   * Returns how many batches an epoch has.
   *
   * @return {@code drawsPerEpoch / batchSize}, rounded up
   */
  public int steps() {
    return (drawsPerEpoch() + batchSize - 1) / batchSize;
  }
}
