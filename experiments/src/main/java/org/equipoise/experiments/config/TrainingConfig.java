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
 */
public record TrainingConfig(
    int epochs,
    int batchSize,
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    List<AugmentationSpec> augmentation,
    OptionalDouble gradientClip,
    Optional<WeightAveraging> averaging) {

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
    gradientClip.ifPresent(
        norm -> {
          if (!(norm > 0 && Double.isFinite(norm))) {
            throw new IllegalArgumentException("gradientClip: expected > 0, is " + norm);
          }
        });
  }
}
