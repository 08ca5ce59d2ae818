package org.equipoise.api.method;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
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
 * <p>A stage may train nothing: then no step is made, and what is said of loss, sampler, weighting,
 * batch transforms, length and learning rate does not matter. Its head is that of an earlier stage
 * in another form, or computed from the features of the train split ({@link
 * org.equipoise.api.model.FittedHeadSpec}).
 *
 * <p>Two stages with equal contents on equal data are the same computation: it is done once and
 * shared, whichever methods they belong to. The stage's name is for people and takes no part in
 * that.
 *
 * @param name the stage's name, unique within its method
 * @param start where the weights come from
 * @param trains which parts of the model change; the others are frozen and run in inference mode,
 *     normalisation statistics included; empty for a stage without training
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

  /** Copies the collections and checks that loss and sampler are given. */
  public StageSpec {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(sampler, "sampler");
    // A fixed order, so that equal stages print and hash alike.
    Set<ModelPart> ordered = EnumSet.noneOf(ModelPart.class);
    ordered.addAll(trains);
    trains = Collections.unmodifiableSet(ordered);
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
    return changed(
        draft -> {
          draft.start = other;
          draft.trains = parts;
        });
  }

  /**
   * Tells whether the stage makes no step.
   *
   * @return true if it trains no part
   */
  public boolean trainsNothing() {
    return trains.isEmpty();
  }

  /**
   * Refuses a sampler that {@linkplain SamplerSpec#looksAhead looks ahead} in a stage where the
   * step of the classifier is not known beforehand. What only shows once parts are bound, such as
   * the optimizer's rule, is not looked at.
   *
   * @param runHead the head of the run, which is the stage's unless it has its own
   * @throws IllegalArgumentException if the sampler looks ahead, and the head is not linear or not
   *     trained, or there are batch transforms or class weights
   */
  public void requireLookAhead(HeadSpec runHead) {
    if (!sampler.looksAhead()) {
      return;
    }
    HeadSpec used = head.orElse(runHead);
    require(used.linear(), "a linear head", "head \"" + used.typeName() + "\" is none");
    require(trains.contains(ModelPart.HEAD), "a head that is trained", "this one is frozen");
    require(batchTransforms.isEmpty(), "one class an example", "batch transforms mix them");
    require(weighting.isEmpty(), "examples that weigh the same", "there is a class weighting");
  }

  private void require(boolean condition, String needed, String found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "stage \""
              + name
              + "\": sampler \""
              + sampler.typeName()
              + "\" tries out each step of the classifier, which needs "
              + needed
              + ", but "
              + found);
    }
  }

  /**
   * Returns this stage with another head than the run's.
   *
   * @param other the head
   * @return a new stage
   */
  public StageSpec withHead(Optional<HeadSpec> other) {
    return changed(draft -> draft.head = other);
  }

  /**
   * Returns this stage with class weights.
   *
   * @param other the weighting, or none
   * @param how the reduction
   * @return a new stage
   */
  public StageSpec weighted(Optional<ClassWeightingSpec> other, Reduction how) {
    return changed(
        draft -> {
          draft.weighting = other;
          draft.reduction = how;
        });
  }

  /**
   * Returns this stage with batch transforms.
   *
   * @param others the transforms, in order
   * @return a new stage
   */
  public StageSpec transforming(List<BatchTransformSpec> others) {
    return changed(draft -> draft.batchTransforms = others);
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
    return changed(
        draft -> {
          draft.epochs = length;
          draft.learningRate = rate;
          draft.schedule = other;
        });
  }

  private StageSpec changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.stage();
  }

  /** The one place that copies all components, so that a change names only what it changes. */
  private static final class Draft {
    private final StageSpec from;
    private Start start;
    private Set<ModelPart> trains;
    private Optional<HeadSpec> head;
    private Optional<ClassWeightingSpec> weighting;
    private Reduction reduction;
    private List<BatchTransformSpec> batchTransforms;
    private OptionalInt epochs;
    private OptionalDouble learningRate;
    private Optional<ScheduleSpec> schedule;

    Draft(StageSpec from) {
      this.from = from;
      this.start = from.start;
      this.trains = from.trains;
      this.head = from.head;
      this.weighting = from.weighting;
      this.reduction = from.reduction;
      this.batchTransforms = from.batchTransforms;
      this.epochs = from.epochs;
      this.learningRate = from.learningRate;
      this.schedule = from.schedule;
    }

    StageSpec stage() {
      return new StageSpec(
          from.name,
          start,
          trains,
          head,
          from.loss,
          from.sampler,
          weighting,
          reduction,
          batchTransforms,
          epochs,
          learningRate,
          schedule);
    }
  }
}
