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
import java.util.Optional;

/**
 * A square convolution with batch normalisation, or with the bias into which it was folded: (N, C,
 * H, W) to (N, filters, ceil(H / stride), ceil(W / stride)).
 */
final class ConvolutionUnit extends AbstractBlock {

  private final Conv2d convolution;
  private final Optional<BatchNorm> norm;
  private final int side;
  private final int stride;
  private final boolean padsItself;

  /**
   * Makes one.
   *
   * @param filters output channels
   * @param side of the kernel, in pixels, odd
   * @param stride 1 or 2
   * @param groups of channels that do not see each other
   * @param spec how it is padded and normalised
   */
  ConvolutionUnit(int filters, int side, int stride, int groups, MobileNetV2 spec) {
    this.side = side;
    this.stride = stride;
    // With stride 1 the two ways are one.
    padsItself = stride > 1 && spec.padding() == MobileNetV2.Padding.BOTTOM_RIGHT;
    int margin = padsItself ? 0 : side / 2;
    convolution =
        addChildBlock(
            "conv",
            Conv2d.builder()
                .setKernelShape(new Shape(side, side))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(margin, margin))
                .optGroups(groups)
                .optBias(spec.norm() == MobileNetV2.Norm.FOLDED)
                .build());
    norm =
        spec.norm() == MobileNetV2.Norm.FOLDED
            ? Optional.empty()
            : Optional.of(addChildBlock("norm", Layers.norm()));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray filtered;
    if (padsItself) {
      try (NDArray padded = input.pad(margins(input.getShape()), 0)) {
        filtered = Layers.apply(convolution, store, padded, training);
      }
    } else {
      filtered = Layers.apply(convolution, store, input, training);
    }
    if (norm.isEmpty()) {
      return new NDList(filtered);
    }
    try (NDArray whole = filtered) {
      return new NDList(Layers.normalised(norm.get(), store, whole, training));
    }
  }

  // Before and after each row's pixels, then before and after the rows.
  private Shape margins(Shape input) {
    long width = margin(input.get(3));
    long height = margin(input.get(2));
    return new Shape(width / 2, width - width / 2, height / 2, height - height / 2);
  }

  private long margin(long length) {
    return Math.max((ceil(length) - 1) * stride + side - length, 0);
  }

  private long ceil(long length) {
    return (length + stride - 1) / stride;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    convolution.initialize(manager, type, inputs);
    norm.ifPresent(block -> block.initialize(manager, type, getOutputShapes(inputs)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    long filters = convolution.getOutputShapes(inputs)[0].get(1);
    return new Shape[] {new Shape(in.get(0), filters, ceil(in.get(2)), ceil(in.get(3)))};
  }
}
