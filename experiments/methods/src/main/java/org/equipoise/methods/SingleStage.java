package org.equipoise.methods;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.InstanceBalanced;

/**
 * Trains the whole model once, from fresh weights, for the run's epochs.
 *
 * <p>The method of every arm that differs from plain training in its parts alone. With all defaults
 * it is the softmax baseline of the field.
 *
 * @param loss the loss; default {@link CrossEntropy}
 * @param sampler the sampler; default {@link InstanceBalanced}
 * @param weighting class weights on top of the loss; default none
 * @param reduction how a batch becomes one number; default {@link Reduction#BATCH_MEAN}
 * @param head the head, if not the one of the run; default the run's
 * @param batchTransforms changes of each batch, in this order; default none
 */
@Described(
    summary = "Trains backbone and head together, once.",
    formula = "min over theta of the mean of w_y l(z_theta(x), y) over batches of the sampler",
    source = "Equipoise; with all defaults the softmax baseline, e.g. of Kang et al. 2020")
public record SingleStage(
    LossSpec loss,
    SamplerSpec sampler,
    Optional<ClassWeightingSpec> weighting,
    Reduction reduction,
    Optional<HeadSpec> head,
    List<BatchTransformSpec> batchTransforms)
    implements MethodSpec {

  /** Cross-entropy on instance-balanced batches, unweighted, with the run's head. */
  public SingleStage() {
    this(new CrossEntropy(), new InstanceBalanced());
  }

  /**
   * A loss and a sampler, the rest as by default.
   *
   * @param loss the loss
   * @param sampler the sampler
   */
  public SingleStage(LossSpec loss, SamplerSpec sampler) {
    this(loss, sampler, Optional.empty(), Reduction.BATCH_MEAN, Optional.empty(), List.of());
  }

  /** Copies the list and checks that nothing is null. */
  public SingleStage {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(sampler, "sampler");
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(reduction, "reduction");
    Objects.requireNonNull(head, "head");
    batchTransforms = List.copyOf(batchTransforms);
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    return List.of(stage("train"));
  }

  StageSpec stage(String name) {
    return StageSpec.of(name, loss, sampler)
        .withHead(head)
        .weighted(weighting, reduction)
        .transforming(batchTransforms);
  }
}
