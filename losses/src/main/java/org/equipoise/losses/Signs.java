package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.tensor.Scalars;

/** Turns "is a label" into the sign with which a logit counts against the truth. */
final class Signs {

  private Signs() {}

  /** Returns -1 where {@code positive} is 1, and 1 where it is 0. */
  static NDArray against(NDArray positive) {
    return Scalars.times(positive, -2).add(1);
  }
}
