package org.equipoise.experiments.training;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/** Normalisation with running statistics, and dropout, which draws from the engine. */
record DropoutNet() implements BackboneSpec {

  @Override
  public Backbone build(Shape input) {
    SequentialBlock block =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock(input.size()))
            .add(Linear.builder().setUnits(9).build())
            .add(BatchNorm.builder().build())
            .add(Dropout.builder().optRate(0.4f).build());
    return new Backbone(block, FeatureShape.ofWidth(9));
  }
}
