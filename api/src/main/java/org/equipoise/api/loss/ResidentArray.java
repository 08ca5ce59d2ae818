package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.BinaryOperator;

/**
 * An array that outlives the step that made it: no manager's, and freed with this object by the
 * garbage collector.
 *
 * <p>The array itself is never handed out. A result lives in the manager of its first operand, so
 * that one computed from it would never be freed; and whoever closed it would take it from others.
 */
final class ResidentArray {

  private static final Cleaner CLEANER = Cleaner.create();

  private final NDArray array;

  private ResidentArray(NDArray array) {
    this.array = array;
    CLEANER.register(this, array::close);
  }

  /** Copies an array, and closes that. */
  static ResidentArray copyOf(NDArray lent) {
    try (lent) {
      // The engine owns a copy's memory for as long as a backward pass may read it.
      NDArray own = lent.duplicate();
      own.detach();
      return new ResidentArray(own);
    }
  }

  boolean fits(NDArray other) {
    return array.getDataType() == other.getDataType()
        && array.getDevice().equals(other.getDevice());
  }

  /** Returns the result of the other array and this one, in the other's manager. */
  NDArray appliedTo(NDArray other, BinaryOperator<NDArray> operator) {
    try {
      return operator.apply(other, array);
    } finally {
      // Or the array might be freed while the engine reads it.
      Reference.reachabilityFence(this);
    }
  }
}
