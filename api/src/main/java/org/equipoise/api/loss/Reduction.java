package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/** How the values of a batch become one number. */
public enum Reduction {
  /** The sum divided by the number of examples N. */
  BATCH_MEAN,
  /** The sum divided by the sum of the example weights of the batch, as PyTorch's weighted mean. */
  WEIGHT_MEAN,
  /** The sum. */
  SUM;

  /**
   * Reduces unweighted values; every example then weighs 1, and both means are the same.
   *
   * @param perExample one value an example, (N)
   * @return a scalar
   */
  public NDArray reduce(NDArray perExample) {
    return this == SUM ? perExample.sum() : perExample.mean();
  }

  /**
   * Reduces values that were weighted already.
   *
   * @param weighted one weighted value an example, (N)
   * @param exampleWeights the weights, (N)
   * @return a scalar
   */
  public NDArray reduce(NDArray weighted, NDArray exampleWeights) {
    return this == WEIGHT_MEAN ? weighted.sum().div(exampleWeights.sum()) : reduce(weighted);
  }
}
