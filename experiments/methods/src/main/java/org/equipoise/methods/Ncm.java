package org.equipoise.methods;

import java.util.List;
import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Ncm.Distance;
import org.equipoise.methods.head.Ncm.Features;

/**
 * Plain training, after which the nearest class mean of the training features classifies.
 *
 * <p>The second stage trains nothing. See {@link org.equipoise.methods.head.Ncm}.
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param features what is done to a feature vector before it is averaged or compared; default
 *     {@link Features#CENTRED_UNIT}
 * @param distance what is near; default {@link Distance#EUCLIDEAN}
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "Nearest class mean classifier"</a>
 */
@Described(
    summary = "Plain training, after which the nearest class mean of the features classifies.",
    formula =
        "1: min over theta, W of E_IB[l(W f_theta(x), y)]; 2: argmin_j of the distance of f_theta(x)"
            + " to the mean of class j",
    source = "Kang et al. 2020, section 4, nearest class mean")
public record Ncm(LossSpec representationLoss, Features features, Distance distance)
    implements MethodSpec {

  /** Cross-entropy, then Euclidean distances of centred unit vectors. */
  public Ncm() {
    this(new CrossEntropy(), Features.CENTRED_UNIT, Distance.EUCLIDEAN);
  }

  /** Checks that all are given. */
  public Ncm {
    Objects.requireNonNull(representationLoss, "representationLoss");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(distance, "distance");
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    return LaterStage.untrained(
        representationLoss,
        HeadStart.REINITIALISE,
        new org.equipoise.methods.head.Ncm(features, distance));
  }
}
