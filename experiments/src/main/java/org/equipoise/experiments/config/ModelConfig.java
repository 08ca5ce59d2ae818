package org.equipoise.experiments.config;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
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
   * Returns the parts that a stage trains: its own, but for a frozen backbone.
   *
   * @param stage the stage
   * @return the parts that change, maybe none
   * @throws IllegalArgumentException if it would train the backbone alone, which is frozen
   */
  public Set<ModelPart> trainedBy(StageSpec stage) {
    if (stage.trainsNothing()) {
      return Set.of();
    }
    Set<ModelPart> parts = EnumSet.copyOf(stage.trains());
    if (pretrained.map(Pretrained::frozen).orElse(false)) {
      parts.remove(ModelPart.BACKBONE);
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "stage \"" + stage.name() + "\": trains the backbone alone, which is frozen");
    }
    return parts;
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
