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
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.ClassBalanced;

/**
 * Classifier re-training (cRT): the representation is learned first, the classifier anew on top.
 *
 * <ol>
 *   <li>{@code representation}: the whole model with {@code representationLoss} on
 *       instance-balanced batches, for the run's epochs. With the default loss it is the very stage
 *       of a default {@link SingleStage}, and so computed once for both.
 *   <li>{@code classifier}: the backbone is frozen, the head starts from fresh weights and is
 *       trained with {@code classifierLoss} on batches of {@code classifierSampler}, for {@code
 *       epochs}, under {@code schedule}.
 * </ol>
 *
 * <p>Both stages use the run's head, optimizer and augmentation. Balanced Softmax in the second
 * stage ("decoupled Balanced Softmax") wants an instance-balanced {@code classifierSampler}: with a
 * class-balanced one the prior is corrected twice.
 *
 * <p>Where the authors' released code differs:
 *
 * <ul>
 *   <li>Its second stage puts the whole network into training mode each epoch, so the running
 *       statistics of the frozen backbone's BatchNorm drift under the new sampler, and features are
 *       normalised by batch statistics. Here a frozen part runs in inference mode, statistics
 *       included: "frozen" is meant literally, and features can be cached.
 *   <li>Its class-balanced sampler draws 4 examples in a row of each class, in shuffled cycles;
 *       {@link ClassBalanced} does so with {@code perClass} 4 and {@code cycling}, and by default
 *       draws independently, with the same class rates.
 * </ul>
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param classifierLoss the loss of the second stage; default {@link CrossEntropy}
 * @param classifierSampler the sampler of the second stage; default {@link ClassBalanced}
 * @param epochs the length of the second stage, in epochs, &gt;= 1; default 10, as published for
 *     ImageNet-LT and Places-LT (iNaturalist 2018: 30)
 * @param learningRate the base learning rate of the second stage, &gt; 0; default the run's, as
 *     published
 * @param schedule how the learning rate moves over the second stage; default the run's schedule,
 *     which is as published where that is a cosine. Milestones are epochs of the stage, so those of
 *     a long run never come in a short second stage: name a schedule here then
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4</a>
 */
@Described(
    summary =
        "Learns the representation on instance-balanced batches, then the classifier anew on"
            + " class-balanced ones with the backbone frozen.",
    formula =
        "1: min over theta, W of E_IB[l1(W f_theta(x), y)]; 2: W drawn anew, min over W of"
            + " E_CB[l2(W f_theta(x), y)]",
    source = "Kang et al. 2020, section 4; epochs as in its released code",
    differs =
        "Released code keeps updating the frozen backbone's BatchNorm statistics and draws 4"
            + " examples in a row of a class; here the frozen backbone runs in inference mode and"
            + " draws are independent.")
public record Crt(
    LossSpec representationLoss,
    LossSpec classifierLoss,
    SamplerSpec classifierSampler,
    int epochs,
    OptionalDouble learningRate,
    Optional<ScheduleSpec> schedule)
    implements MethodSpec {

  /** Cross-entropy in both stages, class-balanced batches for 10 epochs in the second. */
  public Crt() {
    this(
        new CrossEntropy(),
        new CrossEntropy(),
        new ClassBalanced(),
        10,
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Checks the ranges. */
  public Crt {
    Objects.requireNonNull(representationLoss, "representationLoss");
    Objects.requireNonNull(classifierLoss, "classifierLoss");
    Objects.requireNonNull(classifierSampler, "classifierSampler");
    Objects.requireNonNull(schedule, "schedule");
    StageRanges.require(epochs, learningRate);
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    return List.of(LaterStage.representation(representationLoss), classifier());
  }

  private StageSpec classifier() {
    return StageSpec.of("classifier", classifierLoss, classifierSampler)
        .starting(LaterStage.after(HeadStart.REINITIALISE), Set.of(ModelPart.HEAD))
        .lasting(OptionalInt.of(epochs), learningRate, schedule);
  }
}
