package org.equipoise.methods;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.equipoise.api.Described;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.Meta;

/**
 * Balanced Meta-Softmax (BALMS): plain training, then a new classifier with Balanced Softmax on
 * batches of the Meta Sampler.
 *
 * <ol>
 *   <li>{@code representation}: the whole model with {@code representationLoss} on
 *       instance-balanced batches, for the run's epochs. With the default loss it is the very stage
 *       of a default {@link SingleStage}, and so computed once for both.
 *   <li>{@code classifier}: the backbone is frozen, the head starts from fresh weights and is
 *       trained with {@code classifierLoss} on batches of {@code classifierSampler}.
 * </ol>
 *
 * <p>It is {@link Crt} with other parts. Balanced Softmax corrects the train prior already, so the
 * sampler's work is what that leaves over; with a fixed instance-balanced sampler in its place this
 * is decoupled Balanced Softmax. The Meta Sampler needs the linear head and SGD.
 *
 * <p>Defaults are those published for CIFAR-10-LT and CIFAR-100-LT. Others: ImageNet-LT with
 * ResNet-10 {@code epochs} 20, {@code learningRate} 0.5; Places-LT 10 and 0.02 (batches of 256);
 * both with other numbers of the sampler, see {@link Meta}.
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param classifierLoss the loss of the second stage; default {@link BalancedSoftmax}
 * @param classifierSampler the sampler of the second stage; default {@link Meta}
 * @param epochs the length of the second stage, in epochs, &gt;= 1; default as many as hold 2,000
 *     batches of 512 (91 of CIFAR-10-LT with imbalance factor 200)
 * @param learningRate the base learning rate of the second stage, &gt; 0; default 0.1
 * @param schedule how the learning rate moves over the second stage; default the run's schedule,
 *     which is as published where that is a cosine
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, section
 *     3</a>
 */
@Described(
    summary =
        "Plain training, then a new classifier with Balanced Softmax on batches of the Meta"
            + " Sampler, the backbone frozen.",
    formula =
        "1: min over theta, W of E_IB[l1(W f_theta(x), y)]; 2: W drawn anew, min over W of"
            + " E_rho[l2(W f_theta(x), y)], rho learned step by step on class-balanced batches",
    source =
        "Ren et al. 2020, Balanced Meta-Softmax, section 3, with the released code for all numbers",
    differs =
        "Released code keeps updating the frozen backbone's BatchNorm statistics, draws another"
            + " random long-tailed subset in each stage, and keeps the best epoch on test data;"
            + " here the frozen backbone runs in inference mode, both stages have one train split,"
            + " and the last epoch counts.")
public record Balms(
    LossSpec representationLoss,
    LossSpec classifierLoss,
    SamplerSpec classifierSampler,
    OptionalInt epochs,
    OptionalDouble learningRate,
    Optional<ScheduleSpec> schedule)
    implements MethodSpec {

  private static final int PUBLISHED_STEPS = 2000;
  private static final int PUBLISHED_BATCH = 512;

  /** Cross-entropy, then Balanced Softmax with the Meta Sampler for 2,000 steps at 0.1. */
  public Balms() {
    this(
        new CrossEntropy(),
        new BalancedSoftmax(),
        new Meta(),
        OptionalInt.empty(),
        OptionalDouble.of(0.1),
        Optional.empty());
  }

  /** Checks the ranges. */
  public Balms {
    Objects.requireNonNull(representationLoss, "representationLoss");
    Objects.requireNonNull(classifierLoss, "classifierLoss");
    Objects.requireNonNull(classifierSampler, "classifierSampler");
    Objects.requireNonNull(schedule, "schedule");
    StageRanges.require(epochs.orElse(1), learningRate);
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    return new Crt(
            representationLoss,
            classifierLoss,
            classifierSampler,
            epochs.orElseGet(() -> publishedEpochs(train.examples())),
            learningRate,
            schedule)
        .stages(train);
  }

  private static int publishedEpochs(long examples) {
    long steps = (examples + PUBLISHED_BATCH - 1) / PUBLISHED_BATCH;
    return Math.toIntExact((PUBLISHED_STEPS + steps - 1) / steps);
  }
}
