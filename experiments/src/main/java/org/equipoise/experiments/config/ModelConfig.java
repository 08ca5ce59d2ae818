package org.equipoise.experiments.config;

import java.util.Optional;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.experiments.weights.Pretrained;

/**
 * The model of an experiment.
 *
 * @param backbone from inputs to features
 * @param head from features to logits, unless a method brings its own
 * @param pretrained the weights to start from, if not fresh ones
 * @param input how images are normalised; the data set's own way if empty, which it may not be if
 *     the network has learned from other images before
 */
public record ModelConfig(
    BackboneSpec backbone,
    HeadSpec head,
    Optional<Pretrained> pretrained,
    Optional<InputNormalisation> input) {

  /**
   * A model that starts from fresh weights.
   *
   * @param backbone from inputs to features
   * @param head from features to logits
   */
  public ModelConfig(BackboneSpec backbone, HeadSpec head) {
    this(backbone, head, Optional.empty(), Optional.empty());
  }

  /** Checks that a pretrained network is not fed something else than it has learned from. */
  public ModelConfig {
    if (input.isEmpty() && (pretrained.isPresent() || backbone.pretrainedFile().isPresent())) {
      throw new IllegalArgumentException(
          "input: missing; say how the images were normalised that the pretrained network learned"
              + " from, such as {type: imagenet}, or {type: dataset} if as these are");
    }
  }

  /**
   * Returns the same model with another head.
   *
   * @param other the head
   * @return a new config
   */
  public ModelConfig withHead(HeadSpec other) {
    return new ModelConfig(backbone, other, pretrained, input);
  }
}
