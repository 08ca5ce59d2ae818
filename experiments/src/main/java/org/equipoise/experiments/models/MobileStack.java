package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of {@link MobileNetV2}: (N, C, H, W) to features (N, D) and their map (N, D, h, w).
 */
final class MobileStack extends AbstractBlock {

  private final ConvolutionUnit stem;
  private final List<InvertedResidual> blocks;
  private final ConvolutionUnit last;

  MobileStack(ConvolutionUnit stem, List<InvertedResidual> blocks, ConvolutionUnit last) {
    this.stem = addChildBlock("stem", stem);
    this.blocks = List.copyOf(blocks);
    blocks.forEach(block -> addChildBlock("block", block));
    this.last = addChildBlock("last", last);
  }

  // Intermediates are closed as in ConvolutionStack.
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray map = activated(stem, store, inputs.singletonOrThrow(), training);
    for (InvertedResidual block : blocks) {
      try (NDArray below = map) {
        map = Layers.apply(block, store, below, training);
      }
    }
    try (NDArray below = map) {
      map = activated(last, store, below, training);
    }
    return new NDList(Layers.globalAverage(map), map);
  }

  private static NDArray activated(
      ConvolutionUnit unit, ParameterStore store, NDArray input, boolean training) {
    try (NDArray filtered = Layers.apply(unit, store, input, training)) {
      return filtered.clip(0, 6);
    }
  }

  private List<Block> inOrder() {
    List<Block> all = new ArrayList<>();
    all.add(stem);
    all.addAll(blocks);
    all.add(last);
    return all;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape[] shapes = inputs;
    for (Block block : inOrder()) {
      block.initialize(manager, type, shapes);
      shapes = block.getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = inputs;
    for (Block block : inOrder()) {
      shapes = block.getOutputShapes(shapes);
    }
    return new Shape[] {shapes[0].slice(0, 2), shapes[0]};
  }
}
