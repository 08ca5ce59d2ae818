package org.equipoise.experiments.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.api.training.ScheduleSpec;

/**
 * What the stages of an experiment share unless a method says otherwise.
 *
 * @param epochs the length of a stage, &gt;= 1
 * @param batchSize examples a step, &gt;= 1
 * @param optimizer the optimizer with its base learning rate
 * @param schedule how the learning rate moves
 * @param augmentation random changes of training images, in this order
 * @param gradientClip the largest 2-norm that all gradients of a step may have together, &gt; 0; a
 *     longer gradient is shortened to it; empty if none is
 * @param averaging the mean of the weights that takes the place of a stage's last ones: it is what
 *     is evaluated and what later stages start from; empty for the last weights themselves
 * @param frozenFeatures where features come from in stages that leave the backbone as it is
 */
public record TrainingConfig(
    int epochs,
    int batchSize,
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    List<AugmentationSpec> augmentation,
    OptionalDouble gradientClip,
    Optional<WeightAveraging> averaging,
    FrozenFeatures frozenFeatures) {

  /**
   * Features of a frozen backbone are computed on the fly.
   *
   * @param epochs the length of a stage, &gt;= 1
   * @param batchSize examples a step, &gt;= 1
   * @param optimizer the optimizer with its base learning rate
   * @param schedule how the learning rate moves
   * @param augmentation random changes of training images, in this order
   * @param gradientClip the largest 2-norm of all gradients of a step, or none
   * @param averaging the mean that takes the place of a stage's last weights, or none
   */
  public TrainingConfig(
      int epochs,
      int batchSize,
      OptimizerSpec optimizer,
      ScheduleSpec schedule,
      List<AugmentationSpec> augmentation,
      OptionalDouble gradientClip,
      Optional<WeightAveraging> averaging) {
    this(
        epochs,
        batchSize,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        new FrozenFeatures.OnTheFly());
  }

  /** Copies the list and checks the ranges. */
  public TrainingConfig {
    augmentation = List.copyOf(augmentation);
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: expected >= 1, is " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize: expected >= 1, is " + batchSize);
    }
    Objects.requireNonNull(averaging, "averaging");
    Objects.requireNonNull(frozenFeatures, "frozenFeatures");
    if (augmentation.isEmpty()
        && frozenFeatures instanceof FrozenFeatures.Cached cached
        && cached.views() > 1) {
      throw new IllegalArgumentException(
          "frozenFeatures: expected 1 view, for without augmentation all are the same, is "
              + cached.views());
    }
    gradientClip.ifPresent(
        norm -> {
          if (!(norm > 0 && Double.isFinite(norm))) {
            throw new IllegalArgumentException("gradientClip: expected > 0, is " + norm);
          }
        });
  }

  /**
   * Returns the training of a head whose inputs are features: there are no images to change.
   *
   * @return a new config
   */
  public TrainingConfig onFeatures() {
    return new TrainingConfig(
        epochs, batchSize, optimizer, schedule, List.of(), gradientClip, averaging);
  }
}
