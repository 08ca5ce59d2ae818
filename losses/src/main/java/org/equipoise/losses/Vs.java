package org.equipoise.losses;

import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Vector-scaling loss: cross-entropy of logits that are divided by a temperature a class and
 * shifted by the log of the train prior.
 *
 * <p>The shift decides early in training, the temperature once every training example is fitted. At
 * {@code tau} = 0 it is {@link Cdt}, at {@code gamma} = 0 it is {@link BalancedSoftmax} with the
 * same {@code tau}, at 0 and 0, and under uniform counts, cross-entropy. At test time the logits
 * are used as they are.
 *
 * <p>Takes {@code ClassIds} and {@code Soft} targets. Refuses a class without training examples.
 *
 * @param gamma how fast the temperature grows towards rare classes, finite; the published range is
 *     [0, 0.4]
 * @param tau the strength of the shift, finite
 * @param prior whose class distribution pi is: that of the train counts, or of what the sampler
 *     draws; temperatures go by the train counts always
 * @see <a href="https://arxiv.org/abs/2103.01550">Kini et al. 2021, Label-Imbalanced and
 *     Group-Sensitive Classification under Overparameterization, the definition of the VS-loss</a>
 */
@Described(
    summary = "Cross-entropy of logits that are scaled and shifted by class counts.",
    formula = "l = -log softmax(z / a + tau log pi)_y, a_c = (n_max / n_c)^gamma, pi_c = n_c / n",
    source =
        "Kini et al. 2021, Label-Imbalanced and Group-Sensitive Classification under"
            + " Overparameterization, the definition of the VS-loss; defaults as GLMC's code has them for"
            + " CIFAR-10-LT",
    differs =
        "The example in the authors' repository, for CIFAR-10-LT with imbalance factor 100, has"
            + " gamma 0.2 and tau 1.2. Released code also multiplies by effective-number class"
            + " weights; here these are a class weighting, chosen apart.")
public record Vs(double gamma, double tau, PriorSource prior) implements LossSpec {

  /**
   * Creates the loss as a later work's code, GLMC's, has it for CIFAR-10-LT: {@code gamma} 0.15,
   * {@code tau} 1.25, {@code prior} train-counts.
   */
  public Vs() {
    this(0.15, 1.25, PriorSource.TRAIN_COUNTS);
  }

  /** Checks the ranges. */
  public Vs {
    ClassTemperature.requireGamma(gamma);
    if (!Double.isFinite(tau)) {
      throw new IllegalArgumentException("tau: must be finite, was " + tau);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    double[] logPrior = prior.of(typeName(), train).log();
    double[] shift = Arrays.stream(logPrior).map(log -> tau * log).toArray();
    return ClassTemperature.bind(typeName(), train, gamma, shift);
  }
}
