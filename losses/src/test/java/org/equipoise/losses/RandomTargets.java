package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.Targets;

/** Targets other than class ids, for the contracts of losses that take them. */
final class RandomTargets {

  private RandomTargets() {}

  static Targets multiHot(NDArray logits, RandomGenerator random) {
    Shape shape = logits.getShape();
    double[] values = random.ints(shape.size(), 0, 2).asDoubleStream().toArray();
    return new Targets.MultiHot(
        logits.getManager().create(values, shape).toType(logits.getDataType(), false));
  }

  /** Regions of which the first is background. */
  static Targets regions(NDArray logits, RandomGenerator random) {
    int classes = (int) logits.getShape().get(1);
    long[] ids = random.longs(logits.getShape().get(0), 0, classes + 1L).toArray();
    ids[0] = classes;
    return new Targets.Regions(logits.getManager().create(ids), classes);
  }
}
