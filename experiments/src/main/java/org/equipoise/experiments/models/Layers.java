package org.equipoise.experiments.models;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParameterList;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import java.util.List;

/** What the backbones have in common. */
final class Layers {

  // DJL's own defaults, and PyTorch's: what is kept of a running statistic is 1 less its momentum.
  private static final float KEPT = 0.9f;
  private static final float EPSILON = 1e-5f;

  private Layers() {}

  static List<Integer> checked(String name, List<Integer> widths) {
    for (Integer width : widths) {
      if (width == null || width < 1) {
        throw new IllegalArgumentException(name + ": expected each >= 1, is " + widths);
      }
    }
    return List.copyOf(widths);
  }

  static NDArray apply(Block layer, ParameterStore store, NDArray input, boolean training) {
    return layer.forward(store, new NDList(input), training).singletonOrThrow();
  }

  static BatchNorm norm() {
    return BatchNorm.builder().optMomentum(KEPT).optEpsilon(EPSILON).build();
  }

  /**
   * Normalises each channel: (N, C, H, W) to the same.
   *
   * <p>The block itself exchanges axis 1 with axis 1 before and after, and whoever changes such a
   * view in place pays with copies of its gradient. For axis -1 the engine is given the array as it
   * is, and takes axis 1 for the channels.
   */
  static NDArray normalised(BatchNorm norm, ParameterStore store, NDArray input, boolean training) {
    ParameterList own = norm.getDirectParameters();
    Device device = input.getDevice();
    return BatchNorm.batchNorm(
            input,
            store.getValue(own.get("runningMean"), device, training),
            store.getValue(own.get("runningVar"), device, training),
            store.getValue(own.get("gamma"), device, training),
            store.getValue(own.get("beta"), device, training),
            -1,
            KEPT,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  /**
   * Averages each channel: (N, C, H, W) to (N, C).
   *
   * <p>By way of the channels-last view, so that the gradient comes back channels-last too. Pooling
   * hands back one that is not, and every layer below pays for the mixture.
   */
  static NDArray globalAverage(NDArray map) {
    Shape shape = map.getShape();
    try (NDArray last = map.transpose(0, 2, 3, 1);
        NDArray pixels = last.reshape(shape.get(0), shape.get(2) * shape.get(3), shape.get(1))) {
      return pixels.mean(new int[] {1});
    }
  }
}
