package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/**
 * Fully connected layers with ReLU on the flattened input.
 *
 * @param hidden the width of each layer, each &gt;= 1; with none, the features are the inputs
 */
@Described(
    summary = "Fully connected layers with ReLU on the flattened input.",
    formula = "f = relu(W_k ... relu(W_1 x + b_1) ... + b_k)",
    source = "Equipoise; initial weights as He et al. 2015, equation 10")
public record Mlp(List<Integer> hidden) implements BackboneSpec {

  /** One hidden layer of 256. */
  public Mlp() {
    this(List.of(256));
  }

  /** Copies the list and checks it. */
  public Mlp {
    hidden = Layers.checked("hidden", hidden);
  }

  @Override
  public Backbone build(Shape input) {
    long width = hidden.isEmpty() ? input.size() : hidden.get(hidden.size() - 1);
    return new Backbone(new DenseStack(hidden), FeatureShape.ofWidth(width));
  }
}
