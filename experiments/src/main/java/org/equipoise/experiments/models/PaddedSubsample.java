package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The shortcut without parameters: every second pixel of every second row, from the first on, and
 * as many channels of zeros before the given ones as after them.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, Deep residual learning for image
 *     recognition, section 4.1, option A</a>
 */
final class PaddedSubsample extends AbstractBlock {

  private static final Shape NONE = new Shape(0, 0);
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);

  private final int margin;

  /** Makes one that adds {@code margin} channels on either side. */
  PaddedSubsample(int margin) {
    this.margin = margin;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    // Pooling over single pixels copies them unchanged, and keeps the gradient channels-last.
    try (NDArray subsampled =
        Pool.avgPool2d(inputs.singletonOrThrow(), ONE, TWO, NONE, false, true)) {
      return new NDList(subsampled.pad(new Shape(0, 0, 0, 0, margin, margin), 0));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {
      new Shape(in.get(0), in.get(1) + 2L * margin, (in.get(2) + 1) / 2, (in.get(3) + 1) / 2)
    };
  }
}
