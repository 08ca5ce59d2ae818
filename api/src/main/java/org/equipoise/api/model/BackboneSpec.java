package org.equipoise.api.model;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
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

  /**
   * Returns the file that the backbone was trained into before, if it is read from one. Its hash is
   * part of every record.
   *
   * @return the path as configs have it; a relative one starts in the folder of data sets
   */
  default Optional<String> pretrainedFile() {
    return Optional.empty();
  }

  /**
   * Returns the same backbone with the path of its file resolved, ready to be built.
   *
   * @param directory the folder of data sets
   * @return the backbone, this one if it has no file
   */
  default BackboneSpec foundIn(Path directory) {
    return this;
  }
}
