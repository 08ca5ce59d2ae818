package org.equipoise.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Reads an array's numbers. */
final class Numbers {

  private Numbers() {}

  static double[] of(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }
}
