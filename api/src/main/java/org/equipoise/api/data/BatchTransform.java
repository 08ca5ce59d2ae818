package org.equipoise.api.data;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.Targets;

/** A batch transform bound to train statistics: a function on batches. */
@FunctionalInterface
public interface BatchTransform {

  /**
   * Changes a batch.
   *
   * @param batch normalised inputs and their targets; never mutated
   * @param random the batch's own stream; every draw comes from it
   * @return the changed batch, in the manager of the inputs
   * @throws UnsupportedOperationException if targets of this form cannot be mixed in this way
   */
  InputBatch apply(InputBatch batch, RandomGenerator random);

  /**
   * The inputs and targets of a step.
   *
   * @param inputs what the backbone receives, (N, ...)
   * @param targets their labels
   */
  record InputBatch(NDArray inputs, Targets targets) {}
}
