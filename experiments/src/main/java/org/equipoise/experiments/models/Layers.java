package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.List;

/** What the backbones have in common. */
final class Layers {

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
