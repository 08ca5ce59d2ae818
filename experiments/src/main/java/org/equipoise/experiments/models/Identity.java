package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/** No backbone at all: the features are the inputs, for data sets of precomputed features. */
@Described(
    summary = "No backbone: the inputs are the features, as for tables of precomputed ones.",
    formula = "f = x",
    source = "Equipoise; a linear head on it is what is called a linear probe")
public record Identity() implements BackboneSpec {

  @Override
  public Backbone build(Shape input) {
    if (input.dimension() != 1) {
      throw new IllegalArgumentException(
          "identity: takes features (D), but the input is "
              + input
              + "; name a backbone for images");
    }
    return new Backbone(Blocks.identityBlock(), FeatureShape.ofWidth(input.get(0)));
  }
}
