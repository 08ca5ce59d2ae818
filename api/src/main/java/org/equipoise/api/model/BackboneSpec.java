package org.equipoise.api.model;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.equipoise.api.Named;

/** A kind of backbone: from inputs to features. */
public interface BackboneSpec extends Named {

  /**
   * Builds the backbone, not yet initialised.
   *
   * @param input the shape of one input, without the batch axis: (channels, height, width) for
   *     images
   * @return a new backbone
   * @throws IllegalArgumentException if the backbone cannot take such inputs
   */
  Backbone build(Shape input);

  /**
   * Returns how PyTorch's state dicts call the parameters, so that weights can come from there and
   * go there.
   *
   * @return the names; empty if no network there is customary for this kind of backbone
   */
  default Optional<TorchNames> torchNames() {
    return Optional.empty();
  }
}
