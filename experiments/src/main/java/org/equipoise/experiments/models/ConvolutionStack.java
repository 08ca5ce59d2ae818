package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** The layers of {@link SmallCnn}: (N, C, H, W) to features (N, D) and their map (N, D, h, w). */
final class ConvolutionStack extends AbstractBlock {

  private static final Shape TWO = new Shape(2, 2);

  private final List<Conv2d> convolutions = new ArrayList<>();
  private final List<BatchNorm> norms = new ArrayList<>();

  ConvolutionStack(List<Integer> widths) {
    for (int width : widths) {
      convolutions.add(
          addChildBlock(
              "conv",
              Conv2d.builder()
                  .setKernelShape(new Shape(3, 3))
                  .setFilters(width)
                  .optPadding(new Shape(1, 1))
                  .optBias(false)
                  .build()));
      norms.add(addChildBlock("norm", Layers.norm()));
    }
  }

  // Closing an intermediate gives back only its handle: what the backward pass needs, the engine
  // holds itself. Freed early, the memory is reused while it is still in the processor's cache.
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray map = activated(0, store, inputs.singletonOrThrow(), training);
    for (int i = 1; i < convolutions.size(); i++) {
      try (NDArray full = map;
          NDArray halved = Pool.maxPool2d(full, TWO, TWO, new Shape(0, 0), false)) {
        map = activated(i, store, halved, training);
      }
    }
    return new NDList(Layers.globalAverage(map), map);
  }

  private NDArray activated(int layer, ParameterStore store, NDArray input, boolean training) {
    try (NDArray filtered = Layers.apply(convolutions.get(layer), store, input, training);
        NDArray normalised = Layers.normalised(norms.get(layer), store, filtered, training)) {
      return Activation.relu(normalised);
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape shape = inputs[0];
    for (int i = 0; i < convolutions.size(); i++) {
      Shape seen = i == 0 ? shape : halved(shape);
      convolutions.get(i).initialize(manager, type, seen);
      shape = convolutions.get(i).getOutputShapes(new Shape[] {seen})[0];
      norms.get(i).initialize(manager, type, shape);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape shape = inputs[0];
    for (int i = 0; i < convolutions.size(); i++) {
      Shape seen = i == 0 ? shape : halved(shape);
      shape = convolutions.get(i).getOutputShapes(new Shape[] {seen})[0];
    }
    return new Shape[] {shape.slice(0, 2), shape};
  }

  private static Shape halved(Shape shape) {
    return new Shape(shape.get(0), shape.get(1), shape.get(2) / 2, shape.get(3) / 2);
  }
}
