package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Optional;

/**
 * Normalised convolutions with ReLU between them, plus a shortcut around them, then ReLU.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, Deep residual learning for image
 *     recognition, equations 1 and 2</a>
 */
final class ResidualBlock extends AbstractBlock {

  private final List<NormalisedConvolution> convolutions;
  private final Optional<Block> shortcut;

  /** Makes one whose shortcut is the identity if none is given. */
  ResidualBlock(List<NormalisedConvolution> convolutions, Optional<Block> shortcut) {
    this.convolutions = List.copyOf(convolutions);
    this.shortcut = shortcut;
    convolutions.forEach(convolution -> addChildBlock("layer", convolution));
    shortcut.ifPresent(block -> addChildBlock("shortcut", block));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray sum = Layers.apply(convolutions.get(0), store, input, training);
    for (NormalisedConvolution next : convolutions.subList(1, convolutions.size())) {
      try (NDArray below = sum;
          NDArray activated = Activation.relu(below)) {
        sum = Layers.apply(next, store, activated, training);
      }
    }
    try (NDArray joined = sum) {
      join(joined, store, input, training);
      return new NDList(Activation.relu(joined));
    }
  }

  /** Adds the shortcut to an array that nobody else reads, and saves one of the same size. */
  private void join(NDArray whole, ParameterStore store, NDArray input, boolean training) {
    if (shortcut.isEmpty()) {
      whole.addi(input);
      return;
    }
    try (NDArray brought = Layers.apply(shortcut.get(), store, input, training)) {
      whole.addi(brought);
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    shortcut.ifPresent(block -> block.initialize(manager, type, inputs));
    Shape[] shapes = inputs;
    for (NormalisedConvolution convolution : convolutions) {
      convolution.initialize(manager, type, shapes);
      shapes = convolution.getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = inputs;
    for (NormalisedConvolution convolution : convolutions) {
      shapes = convolution.getOutputShapes(shapes);
    }
    return shapes;
  }
}
