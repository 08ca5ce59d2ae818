package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/** A layer that works beside one that no gradient ever reaches. */
record IdleNet() implements BackboneSpec {

  @Override
  public Backbone build(Shape input) {
    return new Backbone(new Half(), FeatureShape.ofWidth(9));
  }

  private static final class Half extends AbstractBlock {

    private final Linear working = addChildBlock("working", Linear.builder().setUnits(9).build());
    private final Linear idle = addChildBlock("idle", Linear.builder().setUnits(2).build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray images = inputs.singletonOrThrow();
      NDArray flat = images.reshape(images.getShape().get(0), -1);
      return working.forward(store, new NDList(flat), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
      Shape flat = new Shape(1, shapes[0].slice(1).size());
      working.initialize(manager, type, flat);
      idle.initialize(manager, type, flat);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), 9)};
    }
  }
}
