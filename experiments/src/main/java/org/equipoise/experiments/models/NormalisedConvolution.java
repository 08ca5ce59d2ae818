package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A square convolution without bias and its batch normalisation: (N, C, H, W) to (N, filters,
 * ceil(H / stride), ceil(W / stride)).
 */
final class NormalisedConvolution extends AbstractBlock {

  private final Conv2d convolution;
  private final BatchNorm norm;

  /** Makes one whose kernel has {@code side} pixels a side, an odd number. */
  NormalisedConvolution(int filters, int side, int stride) {
    this(filters, side, stride, 1);
  }

  /** Makes one whose channels fall into groups that do not see each other. */
  NormalisedConvolution(int filters, int side, int stride, int groups) {
    convolution =
        addChildBlock(
            "conv",
            Conv2d.builder()
                .setKernelShape(new Shape(side, side))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(side / 2, side / 2))
                .optGroups(groups)
                .optBias(false)
                .build());
    norm = addChildBlock("norm", Layers.norm());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    try (NDArray filtered = Layers.apply(convolution, store, inputs.singletonOrThrow(), training)) {
      return new NDList(Layers.normalised(norm, store, filtered, training));
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    convolution.initialize(manager, type, inputs);
    norm.initialize(manager, type, convolution.getOutputShapes(inputs));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return convolution.getOutputShapes(inputs);
  }
}
