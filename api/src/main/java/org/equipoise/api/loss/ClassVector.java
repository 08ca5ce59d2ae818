package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * One number a class, kept in double and put on a tensor's device when a loss needs it.
 *
 * <p>Immutable and safe for use by several threads; it owns no native memory.
 */
public final class ClassVector {

  private final double[] values;

  private ClassVector(double[] values) {
    this.values = values;
  }

  /**
   * Returns a vector of these values.
   *
   * @param values one number a class; copied
   * @return the vector
   */
  public static ClassVector of(double... values) {
    return new ClassVector(values.clone());
  }

  /**
   * Returns the number of classes.
   *
   * @return the length
   */
  public int classes() {
    return values.length;
  }

  /**
   * Returns one value.
   *
   * @param classId the class, 0-based
   * @return its number
   */
  public double get(int classId) {
    return values[classId];
  }

  /**
   * Returns all values.
   *
   * @return a copy
   */
  public double[] toArray() {
    return values.clone();
  }

  /**
   * Creates the vector as a tensor beside another.
   *
   * @param like gives manager, device and dtype (float32 or float64)
   * @return a new array, (C), closed with the manager of {@code like}
   */
  public NDArray beside(NDArray like) {
    NDManager manager = like.getManager();
    Shape shape = new Shape(values.length);
    if (like.getDataType() == DataType.FLOAT64) {
      return manager.create(values, shape);
    }
    float[] single = new float[values.length];
    for (int c = 0; c < single.length; c++) {
      single[c] = (float) values[c];
    }
    NDArray array = manager.create(single, shape);
    return like.getDataType() == DataType.FLOAT32 ? array : array.toType(like.getDataType(), false);
  }

  @Override
  public String toString() {
    return "ClassVector" + Arrays.toString(values);
  }
}
