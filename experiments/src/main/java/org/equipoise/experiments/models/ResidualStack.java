package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * A normalised convolution with ReLU, perhaps max pooling, residual blocks, and the average over
 * space: (N, C, H, W) to features (N, D) and their map (N, D, h, w).
 */
final class ResidualStack extends AbstractBlock {

  private final NormalisedConvolution stem;
  private final boolean pooled;
  private final List<ResidualBlock> blocks;

  /** Makes one with 3x3 max pooling of stride 2 behind the stem if {@code pooled} is set. */
  ResidualStack(NormalisedConvolution stem, boolean pooled, List<ResidualBlock> blocks) {
    this.pooled = pooled;
    this.stem = addChildBlock("stem", stem);
    this.blocks = List.copyOf(blocks);
    blocks.forEach(block -> addChildBlock("block", block));
  }

  // Intermediates are closed as in ConvolutionStack.
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray map;
    try (NDArray filtered = Layers.apply(stem, store, inputs.singletonOrThrow(), training)) {
      map = Activation.relu(filtered);
    }
    if (pooled) {
      try (NDArray full = map) {
        map = Pool.maxPool2d(full, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
      }
    }
    for (ResidualBlock block : blocks) {
      try (NDArray below = map) {
        map = Layers.apply(block, store, below, training);
      }
    }
    return new NDList(Layers.globalAverage(map), map);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    stem.initialize(manager, type, inputs);
    Shape[] shapes = firstShapes(inputs);
    for (ResidualBlock block : blocks) {
      block.initialize(manager, type, shapes);
      shapes = block.getOutputShapes(shapes);
    }
  }

  private Shape[] firstShapes(Shape[] inputs) {
    Shape full = stem.getOutputShapes(inputs)[0];
    return new Shape[] {
      pooled
          ? new Shape(full.get(0), full.get(1), (full.get(2) + 1) / 2, (full.get(3) + 1) / 2)
          : full
    };
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = firstShapes(inputs);
    for (ResidualBlock block : blocks) {
      shapes = block.getOutputShapes(shapes);
    }
    return new Shape[] {shapes[0].slice(0, 2), shapes[0]};
  }
}
