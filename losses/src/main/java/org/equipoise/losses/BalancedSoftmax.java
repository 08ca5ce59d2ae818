package org.equipoise.losses;

import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Cross-entropy of logits shifted by tau times the log of the train prior.
 *
 * <p>This one record is Balanced Softmax and the logit-adjusted loss of any {@code tau}. At {@code
 * tau} = 1 the two are the same: the network learns logits whose plain softmax is right for a
 * balanced test set, so nothing is shifted at test time. At {@code tau} = 0.25 it has the margins
 * of Balanced Softmax's generalisation bound; at 0, and under uniform counts, it is cross-entropy.
 * Bounded logits (a cosine head) must be scaled first, or the shift dwarfs them; class-balanced
 * sampling on top corrects the prior twice, unless {@code prior} says to correct what the sampler
 * draws.
 *
 * <p>Takes {@code ClassIds} and {@code Soft} targets. Refuses a class without training examples.
 *
 * @param tau the strength of the adjustment, finite; published are 1 and, as "Balanced Softmax
 *     1/4", 0.25
 * @param prior whose class distribution pi is: that of the train counts, or of what the sampler
 *     draws
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, equation
 *     4, and 10 for tau = 1/4</a>
 * @see <a href="https://arxiv.org/abs/2007.07314">Menon et al. 2021, Long-tail learning via logit
 *     adjustment, equation 10</a>
 */
@Described(
    summary = "Cross-entropy of logits that are shifted by the log of the train prior.",
    formula = "l = -log softmax(z + tau log pi)_y, pi_c = n_c / n",
    source =
        "Ren et al. 2020, Balanced Meta-Softmax, equations 4 (tau = 1) and 10 (tau = 1/4); Menon"
            + " et al. 2021, Long-tail learning via logit adjustment, equation 10 (any tau)",
    differs =
        "Menon et al.'s code adds 1e-12 inside the log; here an empty class is refused instead.")
public record BalancedSoftmax(double tau, PriorSource prior) implements LossSpec {

  /** Creates Balanced Softmax: {@code tau} 1, {@code prior} train-counts. */
  public BalancedSoftmax() {
    this(1);
  }

  /**
   * Creates logit adjustment by the prior of the train counts.
   *
   * @param tau the strength of the adjustment, finite
   */
  public BalancedSoftmax(double tau) {
    this(tau, PriorSource.TRAIN_COUNTS);
  }

  /** Checks the range. */
  public BalancedSoftmax {
    if (!Double.isFinite(tau)) {
      throw new IllegalArgumentException("tau: must be finite, was " + tau);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    ClassPrior pi = prior.of(typeName(), train);
    ClassVector shift = ClassVector.of(Arrays.stream(pi.log()).map(log -> tau * log).toArray());
    return new SoftmaxCrossEntropy(
        typeName(),
        train.classes(),
        Optional.empty(),
        Optional.of(shift),
        0,
        c -> explain(c, pi, shift));
  }

  private static Explanation explain(int classId, ClassPrior pi, ClassVector shift) {
    return Explanation.of(
            classId,
            "In training, the logit of class "
                + classId
                + " is shifted by tau log pi, so the network has to make up for it.")
        .with("prior", pi.probability(classId))
        .with("logitShift", shift.get(classId));
  }
}
