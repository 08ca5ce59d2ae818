package org.equipoise.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.BinaryOperator;

/**
 * Arithmetic of arrays and plain numbers, for whatever may be differentiated.
 *
 * <p>Compute losses and heads with this, and not with {@link NDArray#mul(Number)} and its like.
 * Those wrap the number in an array over memory of the JVM and close it at once, although the
 * engine's backward pass reads it again: a garbage collection in between frees that memory, and the
 * gradient is wrong, seldom and silently. Here the engine owns the number for as long as it needs
 * it. {@code add}, {@code sub}, {@code neg} and {@code clip} of DJL are safe, for their backward
 * passes read no number.
 *
 * <p>Results have the dtype and the manager of the array, a scalar array's too.
 */
public final class Scalars {

  private static final Shape SCALAR = new Shape();

  private Scalars() {}

  /**
   * Multiplies.
   *
   * @param array float32 or float64, any shape
   * @param factor the number; rounded to the array's dtype
   * @return array * factor, a new array
   */
  public static NDArray times(NDArray array, double factor) {
    return with(array, factor, NDArray::mul);
  }

  /**
   * Divides.
   *
   * @param array float32 or float64, any shape
   * @param divisor the number; rounded to the array's dtype
   * @return array / divisor, a new array
   */
  public static NDArray over(NDArray array, double divisor) {
    return with(array, divisor, NDArray::div);
  }

  /**
   * Raises to a power.
   *
   * @param array float32 or float64, any shape
   * @param exponent the number; rounded to the array's dtype
   * @return array ^ exponent, a new array
   */
  public static NDArray power(NDArray array, double exponent) {
    return with(array, exponent, NDArray::pow);
  }

  /**
   * Bounds from below.
   *
   * @param array float32 or float64, any shape
   * @param least the number; rounded to the array's dtype
   * @return max(array, least), a new array
   */
  public static NDArray atLeast(NDArray array, double least) {
    return with(array, least, NDArray::maximum);
  }

  private static NDArray with(NDArray array, double number, BinaryOperator<NDArray> operator) {
    try (NDArray scalar = beside(array, number)) {
      return operator.apply(array, scalar);
    }
  }

  private static NDArray beside(NDArray like, double number) {
    NDManager manager = like.getManager();
    if (like.getDataType() != DataType.FLOAT64) {
      return manager.full(SCALAR, (float) number, like.getDataType());
    }
    // The engine fills with singles only, so that a double goes through memory of the JVM.
    try (NDArray lent = manager.create(number)) {
      return lent.duplicate();
    }
  }
}
