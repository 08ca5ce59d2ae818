package org.equipoise.experiments.models;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.equipoise.experiments.engine.NoGrad;

/** A loaded module that is used and never changed: it has no parameters as far as others see. */
final class FrozenExtractor extends AbstractBlock implements AutoCloseable {

  // The block alone does not keep the module alive.
  private final Model model;
  private final int features;

  FrozenExtractor(Model model, int features) {
    this.model = model;
    this.features = features;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray found = NoGrad.call(() -> model.getBlock().forward(store, inputs, false).head());
    Shape expected = new Shape(inputs.head().getShape().get(0), features);
    if (!found.getShape().equals(expected)) {
      throw new IllegalArgumentException(
          "torchscript: the module returns " + found.getShape() + "; expected " + expected);
    }
    // A copy, for the engine lets no gradient pass by a module's own output.
    try (NDArray output = found) {
      return new NDList(NoGrad.call(output::duplicate));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), features)};
  }

  @Override
  public void close() {
    model.close();
  }
}
