package org.equipoise.methods.transform;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;

/**
 * What mixup draws for a batch: a partner for each example, and one share.
 *
 * @param lambda the share of the example itself in the mixed input, in [0, 1]
 * @param partners which example each one is mixed with
 */
record Blend(double lambda, BatchOrder partners) {

  /** Refuses what is no shape of a Beta distribution. */
  static void requireShape(double alpha) {
    if (!(alpha > 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha: must be finite and > 0, was " + alpha);
    }
  }

  /** Draws lambda from Beta(alpha, alpha), and then one of all orders of the batch. */
  static Blend draw(double alpha, InputBatch batch, RandomGenerator random) {
    double lambda = BetaDraw.symmetric(alpha, random);
    int size = Math.toIntExact(batch.inputs().getShape().get(0));
    return new Blend(lambda, BatchOrder.draw(size, random));
  }

  /** Mixes the inputs by {@code lambda}, and the targets by a share that may be another. */
  InputBatch of(InputBatch batch, MixShare share) {
    return of(batch, partners.of(batch.targets()), share);
  }

  /** The same, where the partners' targets are known already. */
  InputBatch of(InputBatch batch, Targets others, MixShare share) {
    NDArray mixed = batch.inputs().mul(lambda);
    try (NDArray otherInputs = partners.of(batch.inputs())) {
      mixed.addi(otherInputs.muli(1 - lambda));
    }
    return new InputBatch(mixed, new Targets.Mixed(batch.targets(), others, share));
  }
}
