package org.equipoise.methods;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.GeneralisedReweight;
import org.equipoise.samplers.InstanceBalanced;

/**
 * Distribution alignment (DisAlign): plain training, then a calibration of the frozen classifier's
 * logits, trained with a re-weighted loss.
 *
 * <ol>
 *   <li>{@code representation}: the whole model on instance-balanced batches, for the run's epochs.
 *       With the default loss it is the very stage of a default {@link SingleStage}.
 *   <li>{@code classifier}: backbone, rows and bias are frozen; confidence, scales and shifts of
 *       {@code head} are trained with {@code classifierLoss} under {@code weighting}, on batches of
 *       {@code classifierSampler}.
 * </ol>
 *
 * <p>Published for ImageNet-LT: exponent 1.2 of the weighting, 10 epochs, instance-balanced
 * batches; learning rate (0.1 at batches of 256), weight decay and cosine schedule are those of the
 * first stage, so here the run's. For LVIS 0.5 the exponent is 0.8.
 *
 * <p>Where the authors' released code differs from the paper, and from this:
 *
 * <ul>
 *   <li>It divides the weighted losses of a batch by the sum of the weights, as PyTorch's weighted
 *       mean does, where the paper writes a plain sum. So does this by default ({@link
 *       Reduction#WEIGHT_MEAN}): its learning rate belongs to it, and the normalisation of the
 *       weights then plays no part.
 *   <li>Its calibration adds to the logits, the paper's interpolates; see {@link
 *       org.equipoise.methods.head.DisAlign}, whose default the default here is.
 *   <li>It only stops the gradients of what is frozen, so the running statistics of the backbone's
 *       BatchNorm go on moving. Here a frozen part runs in inference mode.
 * </ul>
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param classifierLoss the loss of the second stage; default {@link CrossEntropy}
 * @param weighting the class weights of the second stage; default {@link GeneralisedReweight} of
 *     exponent 1.2
 * @param reduction how a batch of the second stage becomes one number; default {@link
 *     Reduction#WEIGHT_MEAN}
 * @param classifierSampler the sampler of the second stage; default {@link InstanceBalanced}
 * @param head the calibrated head; default the interpolating form, over a head with bias. For a run
 *     whose linear head has none, {@code {type: disalign, bias: false}}
 * @param epochs the length of the second stage, in epochs, &gt;= 1; default 10, as published
 * @param learningRate the base learning rate of the second stage, &gt; 0; default the run's, as
 *     published
 * @param schedule how the learning rate moves over the second stage; default the run's, which is as
 *     published where that is a cosine
 * @see <a href="https://arxiv.org/abs/2103.16370">Zhang et al. 2021, Distribution Alignment: A
 *     Unified Framework for Long-tail Visual Recognition, section 3.2, equations 4, 5 and 11</a>
 */
@Described(
    summary =
        "Plain training, then a calibration of the frozen classifier's logits with a re-weighted"
            + " loss.",
    formula =
        "1: min over theta, W, b of E_IB[l1(z, y)], z = W f_theta(x) + b; 2: min over v, c, a, b'"
            + " of sum_i w_(y_i) l2(z'_i, y_i) / sum_i w_(y_i), w_c ~ pi_c^(-rho), z' the head"
            + " disalign",
    source =
        "Zhang et al. 2021, section 3.2, equations 4, 5 and 11; epochs and exponent as in its"
            + " released code",
    differs =
        "Released code divides by the sum of a batch's weights, as here by default, where the paper"
            + " has a plain sum; it adds to the logits where the paper interpolates, as here by"
            + " default; it keeps updating the frozen backbone's BatchNorm statistics.")
public record DisAlign(
    LossSpec representationLoss,
    LossSpec classifierLoss,
    ClassWeightingSpec weighting,
    Reduction reduction,
    SamplerSpec classifierSampler,
    HeadSpec head,
    int epochs,
    OptionalDouble learningRate,
    Optional<ScheduleSpec> schedule)
    implements MethodSpec {

  /**
   * Cross-entropy in both stages, re-weighted in the second for 10 epochs of instance-balanced
   * batches.
   */
  public DisAlign() {
    this(
        new CrossEntropy(),
        new CrossEntropy(),
        new GeneralisedReweight(),
        Reduction.WEIGHT_MEAN,
        new InstanceBalanced(),
        new org.equipoise.methods.head.DisAlign(),
        10,
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Checks the ranges. */
  public DisAlign {
    Objects.requireNonNull(representationLoss, "representationLoss");
    Objects.requireNonNull(classifierLoss, "classifierLoss");
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(reduction, "reduction");
    Objects.requireNonNull(classifierSampler, "classifierSampler");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(schedule, "schedule");
    StageRanges.require(epochs, learningRate);
  }

  /** The published spelling is one word. */
  @Override
  public String typeName() {
    return "disalign";
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    StageSpec classifier =
        StageSpec.of("classifier", classifierLoss, classifierSampler)
            .starting(LaterStage.after(HeadStart.KEEP), Set.of(ModelPart.HEAD))
            .withHead(Optional.of(head))
            .weighted(Optional.of(weighting), reduction)
            .lasting(OptionalInt.of(epochs), learningRate, schedule);
    return List.of(LaterStage.representation(representationLoss), classifier);
  }
}
