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

/**
 * Plain training, after which the classifier's rows are divided by a power of their length.
 *
 * <p>The second stage trains nothing, so that arms with many {@code tau} cost one training. The
 * bias is dropped. See {@link org.equipoise.methods.head.TauNorm}.
 *
 * @param representationLoss the loss of the first stage; default {@link CrossEntropy}
 * @param tau the power, finite and &gt;= 0; default 1. The paper chooses it on validation data,
 *     from 0 to 2 in steps of 0.1
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "tau-normalized classifier"</a>
 */
@Described(
    summary = "Plain training, after which the classifier's rows are made more equal in length.",
    formula = "1: min over theta, W of E_IB[l(W f_theta(x), y)]; 2: W_j / |W_j|^tau, no bias",
    source = "Kang et al. 2020, section 4, tau-normalized classifier")
public record TauNorm(LossSpec representationLoss, double tau) implements MethodSpec {

  /** Cross-entropy, then unit rows. */
  public TauNorm() {
    this(new CrossEntropy(), 1);
  }

  /** Checks the range. */
  public TauNorm {
    Objects.requireNonNull(representationLoss, "representationLoss");
    if (!(tau >= 0 && Double.isFinite(tau))) {
      throw new IllegalArgumentException("tau: must be finite and >= 0, was " + tau);
    }
  }

  @Override
  public List<StageSpec> stages(TrainStatistics train) {
    return LaterStage.untrained(
        representationLoss, HeadStart.KEEP_ROWS, new org.equipoise.methods.head.TauNorm(tau));
  }
}
