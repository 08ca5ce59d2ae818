package org.equipoise.api.method;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.training.ScheduleSpec;

/**
 * One training stage, as data.
 *
 * <p>Two stages with equal contents on equal data are the same computation: it is done once and
 * shared, whichever methods they belong to. The stage's name is for people and takes no part in
 * that.
 *
 * @param name the stage's name, unique within its method
 * @param start where the weights come from
 * @param trains which parts of the model change; the others are frozen and run in inference mode,
 *     normalisation statistics included
 * @param head the head, if not the one of the run
 * @param loss the loss
 * @param sampler the sampler
 * @param weighting class weights on top of the loss, if any
 * @param reduction how a batch becomes one number
 * @param batchTransforms changes of each batch, in this order
 * @param epochs the stage's length, if not that of the run
 * @param learningRate the base learning rate, if not that of the run
 * @param schedule the schedule, if not that of the run
 */
public record StageSpec(
    String name,
    Start start,
    Set<ModelPart> trains,
    Optional<HeadSpec> head,
    LossSpec loss,
    SamplerSpec sampler,
    Optional<ClassWeightingSpec> weighting,
    Reduction reduction,
    List<BatchTransformSpec> batchTransforms,
    OptionalInt epochs,
    OptionalDouble learningRate,
    Optional<ScheduleSpec> schedule) {

  /** Copies the collections and checks that something is trained. */
  public StageSpec {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(sampler, "sampler");
    if (trains.isEmpty()) {
      throw new IllegalArgumentException("stage \"" + name + "\": trains no part of the model");
    }
    // A fixed order, so that equal stages print and hash alike.
    trains = java.util.Collections.unmodifiableSet(EnumSet.copyOf(trains));
    batchTransforms = List.copyOf(batchTransforms);
  }

  /**
   * Starts the description of a stage that trains the whole model from fresh weights, for the run's
   * epochs and learning rate.
   *
   * @param name the stage's name
   * @param loss the loss
   * @param sampler the sampler
   * @return the stage; change it with the {@code with} methods
   */
  public static StageSpec of(String name, LossSpec loss, SamplerSpec sampler) {
    return new StageSpec(
        name,
        new Start.Fresh(),
        EnumSet.allOf(ModelPart.class),
        Optional.empty(),
        loss,
        sampler,
        Optional.empty(),
        Reduction.BATCH_MEAN,
        List.of(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /**
   * Returns this stage with another start and other trained parts.
   *
   * @param other where the weights come from
   * @param parts which parts change
   * @return a new stage
   */
  public StageSpec starting(Start other, Set<ModelPart> parts) {
    return new StageSpec(
        name,
        other,
        parts,
        head,
        loss,
        sampler,
        weighting,
        reduction,
        batchTransforms,
        epochs,
        learningRate,
        schedule);
  }

  /**
   * Returns this stage with another head than the run's.
   *
   * @param other the head
   * @return a new stage
   */
  public StageSpec withHead(Optional<HeadSpec> other) {
    return new StageSpec(
        name,
        start,
        trains,
        other,
        loss,
        sampler,
        weighting,
        reduction,
        batchTransforms,
        epochs,
        learningRate,
        schedule);
  }

  /**
   * Returns this stage with class weights.
   *
   * @param other the weighting, or none
   * @param how the reduction
   * @return a new stage
   */
  public StageSpec weighted(Optional<ClassWeightingSpec> other, Reduction how) {
    return new StageSpec(
        name,
        start,
        trains,
        head,
        loss,
        sampler,
        other,
        how,
        batchTransforms,
        epochs,
        learningRate,
        schedule);
  }

  /**
   * Returns this stage with batch transforms.
   *
   * @param others the transforms, in order
   * @return a new stage
   */
  public StageSpec transforming(List<BatchTransformSpec> others) {
    return new StageSpec(
        name,
        start,
        trains,
        head,
        loss,
        sampler,
        weighting,
        reduction,
        others,
        epochs,
        learningRate,
        schedule);
  }

  /**
   * Returns this stage with a length, learning rate and schedule of its own.
   *
   * @param length epochs, or empty for the run's
   * @param rate the base learning rate, or empty for the run's
   * @param other the schedule, or empty for the run's
   * @return a new stage
   */
  public StageSpec lasting(OptionalInt length, OptionalDouble rate, Optional<ScheduleSpec> other) {
    return new StageSpec(
        name,
        start,
        trains,
        head,
        loss,
        sampler,
        weighting,
        reduction,
        batchTransforms,
        length,
        rate,
        other);
  }
}
