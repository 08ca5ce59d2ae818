package org.equipoise.api.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.loss.Targets;

/** Reads DJL's lists of labels and predictions in the forms that people use. */
final class DjlArrays {

  private DjlArrays() {}

  static NDArray logits(String who, NDList predictions) {
    NDArray logits = predictions.singletonOrThrow();
    if (logits.getShape().dimension() != 2) {
      throw new IllegalArgumentException(
          who + ": predictions have shape " + logits.getShape() + "; expected logits (N, C)");
    }
    return logits;
  }

  static Targets.ClassIds classIds(String who, NDList labels, NDArray logits) {
    NDArray ids = labels.singletonOrThrow();
    long batch = logits.getShape().get(0);
    Shape shape = ids.getShape();
    boolean column = shape.dimension() == 2 && shape.get(1) == 1;
    if (shape.get(0) != batch || !(shape.dimension() == 1 || column)) {
      throw new IllegalArgumentException(
          who
              + ": labels have shape "
              + shape
              + "; expected class ids ("
              + batch
              + ") or ("
              + batch
              + ", 1), one for each row of the predictions "
              + logits.getShape());
    }
    NDArray flat = column ? ids.reshape(batch) : ids;
    return new Targets.ClassIds(flat.toType(DataType.INT64, false));
  }
}
