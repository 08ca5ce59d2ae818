package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/**
 * One number a class, kept in double and put on a tensor's device when a loss needs it.
 *
 * <p>Immutable and safe for use by several threads. Its memory is the garbage collector's: it has
 * nothing to close.
 */
public final class ClassVector {

  private final double[] values;

  // Written down once a dtype: an engine that takes direct memory as it is then copies nothing.
  private volatile ByteBuffer singles;
  private volatile ByteBuffer doubles;

  // For the dtype and device that were last computed with, as good as always the only ones.
  private volatile ResidentArray resident;

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
   * Adds the vector to each row.
   *
   * @param rows (..., C), float32 or float64
   * @return the sums, a new array of the shape, dtype and manager of {@code rows}
   */
  public NDArray addedTo(NDArray rows) {
    return with(rows, NDArray::add);
  }

  /**
   * Multiplies each row by the vector, number by number.
   *
   * @param rows (..., C), float32 or float64
   * @return the products, a new array of the shape, dtype and manager of {@code rows}
   */
  public NDArray scaling(NDArray rows) {
    return with(rows, NDArray::mul);
  }

  /** Computes with an array that is made once: to make it costs as much as to add it. */
  private NDArray with(NDArray rows, BinaryOperator<NDArray> operator) {
    ResidentArray mine = resident;
    if (mine == null || !mine.fits(rows)) {
      mine = ResidentArray.copyOf(beside(rows));
      resident = mine;
    }
    return mine.appliedTo(rows, operator);
  }

  /**
   * Creates the vector as a tensor beside another.
   *
   * <p>Compute with it, but never change it in place: the engine may read the vector's own memory.
   *
   * @param like gives manager, device and dtype (float32 or float64)
   * @return a new array, (C), closed with the manager of {@code like}
   */
  public NDArray beside(NDArray like) {
    NDManager manager = like.getManager();
    Shape shape = new Shape(values.length);
    if (like.getDataType() == DataType.FLOAT64) {
      return manager.create(doubles().duplicate(), shape, DataType.FLOAT64);
    }
    NDArray array = manager.create(singles().duplicate(), shape, DataType.FLOAT32);
    return like.getDataType() == DataType.FLOAT32 ? array : array.toType(like.getDataType(), false);
  }

  // Two threads may both write it down; what they write is the same.
  private ByteBuffer doubles() {
    ByteBuffer written = doubles;
    if (written == null) {
      written = direct(Double.BYTES);
      written.asDoubleBuffer().put(values);
      doubles = written;
    }
    return written;
  }

  private ByteBuffer singles() {
    ByteBuffer written = singles;
    if (written == null) {
      written = direct(Float.BYTES);
      for (int c = 0; c < values.length; c++) {
        written.putFloat(c * Float.BYTES, (float) values[c]);
      }
      singles = written;
    }
    return written;
  }

  private ByteBuffer direct(int bytesEach) {
    return ByteBuffer.allocateDirect(values.length * bytesEach).order(ByteOrder.nativeOrder());
  }

  @Override
  public String toString() {
    return "ClassVector" + Arrays.toString(values);
  }
}
