package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** The layers of {@link Mlp}: (N, ...) to features (N, D). */
final class DenseStack extends AbstractBlock {

  private final List<Linear> layers = new ArrayList<>();

  DenseStack(List<Integer> hidden) {
    for (int width : hidden) {
      layers.add(addChildBlock("linear", Linear.builder().setUnits(width).build()));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray features = input.reshape(input.getShape().get(0), -1);
    for (Linear layer : layers) {
      try (NDArray below = features;
          NDArray sums = Layers.apply(layer, store, below, training)) {
        features = Activation.relu(sums);
      }
    }
    return new NDList(features);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape shape = flat(inputs[0]);
    for (Linear layer : layers) {
      layer.initialize(manager, type, shape);
      shape = layer.getOutputShapes(new Shape[] {shape})[0];
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape shape = flat(inputs[0]);
    for (Linear layer : layers) {
      shape = layer.getOutputShapes(new Shape[] {shape})[0];
    }
    return new Shape[] {shape};
  }

  private static Shape flat(Shape input) {
    return new Shape(input.get(0), input.slice(1).size());
  }
}
