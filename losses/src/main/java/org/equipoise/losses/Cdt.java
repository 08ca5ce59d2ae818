package org.equipoise.losses;

import org.equipoise.api.Described;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Cross-entropy of logits divided by a temperature a class: class-dependent temperatures.
 *
 * <p>A rare class has to reach a larger logit for the same loss, against features that drift from
 * train to test. At {@code gamma} = 0, and under uniform counts, it is cross-entropy. At test time
 * the logits are used as they are. {@link Vs} adds a shift.
 *
 * <p>Takes {@code ClassIds} and {@code Soft} targets. Refuses a class without training examples.
 *
 * @param gamma how fast the temperature grows towards rare classes, finite; published are [0, 0.4]
 *     for CIFAR-10-LT and [0, 0.2] for CIFAR-100-LT
 * @see <a href="https://arxiv.org/abs/2001.01385">Ye et al. 2020, Identifying and Compensating for
 *     Feature Deviation in Imbalanced Deep Learning, the definition of class-dependent
 *     temperatures</a>
 */
@Described(
    summary = "Cross-entropy of logits that are divided by a temperature a class.",
    formula = "l = -log softmax(z / a)_y, a_c = (n_max / n_c)^gamma",
    source =
        "Ye et al. 2020, Identifying and Compensating for Feature Deviation in Imbalanced Deep"
            + " Learning, the definition of class-dependent temperatures",
    differs =
        "gamma is tuned for each data set there; the default is that of the BagofTricks code and"
            + " lies in both published ranges.")
public record Cdt(double gamma) implements LossSpec {

  /** Creates the loss with the default of the BagofTricks code: {@code gamma} 0.2. */
  public Cdt() {
    this(0.2);
  }

  /** Checks the range. */
  public Cdt {
    ClassTemperature.requireGamma(gamma);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return ClassTemperature.bind(typeName(), train, gamma);
  }
}
