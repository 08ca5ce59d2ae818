package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
}
