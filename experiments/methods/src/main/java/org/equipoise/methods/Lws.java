package org.equipoise.methods;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.ClassBalanced;

/**
 * Learnable weight scaling (LWS): plain training, then one factor a class on the frozen classifier.
 *
 * <ol>
 *   <li>{@code representation}: the whole model on instance-balanced batches, for the run's epochs.
 *       With the default loss it is the very stage of a default {@link SingleStage}.
 *   <li>{@code classifier}: all that was trained is frozen; the factors are trained with {@code
 *       classifierLoss} on batches of {@code classifierSampler}.
 * </ol>
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param classifierLoss the loss of the second stage; default {@link CrossEntropy}
 * @param classifierSampler the sampler of the second stage; default {@link ClassBalanced}
 * @param head the scaled head; default one with bias. For a run whose linear head has none, {@code
 *     {type: lws, bias: false}}
 * @param epochs the length of the second stage, in epochs, &gt;= 1; default 5, as published
 * @param learningRate the base learning rate of the second stage, &gt; 0; default the run's, as
 *     published
 * @param schedule how the learning rate moves over the second stage; default the run's
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "Learnable weight scaling"</a>
 */
@Described(
    summary = "Plain training, then one learned factor a class on the frozen classifier.",
    formula =
        "1: min over theta, W, b of E_IB[l1(W f_theta(x) + b, y)]; 2: min over s of E_CB[l2(s (W"
            + " f_theta(x) + b), y)]",
    source =
        "Kang et al. 2020, section 4, learnable weight scaling; epochs as in its released code",
    differs =
        "Released code keeps updating the frozen backbone's BatchNorm statistics and draws 4"
            + " examples in a row of a class; here the frozen backbone runs in inference mode and"
            + " draws are independent.")
public record Lws(
    LossSpec representationLoss,
    LossSpec classifierLoss,
    SamplerSpec classifierSampler,
    HeadSpec head,
    int epochs,
    OptionalDouble learningRate,
    Optional<ScheduleSpec> schedule)
    implements MethodSpec {

  /** Cross-entropy in both stages, class-balanced batches for 5 epochs in the second. */
  public Lws() {
    this(
        new CrossEntropy(),
        new CrossEntropy(),
        new ClassBalanced(),
        new org.equipoise.methods.head.Lws(),
        5,
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Checks the ranges. */
  public Lws {
    Objects.requireNonNull(representationLoss, "representationLoss");
    Objects.requireNonNull(classifierLoss, "classifierLoss");
    Objects.requireNonNull(classifierSampler, "classifierSampler");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(schedule, "schedule");
    StageRanges.require(epochs, learningRate);
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    StageSpec classifier =
        StageSpec.of("classifier", classifierLoss, classifierSampler)
            .starting(LaterStage.after(HeadStart.KEEP), Set.of(ModelPart.HEAD))
            .withHead(Optional.of(head))
            .lasting(OptionalInt.of(epochs), learningRate, schedule);
    return List.of(LaterStage.representation(representationLoss), classifier);
  }
}
