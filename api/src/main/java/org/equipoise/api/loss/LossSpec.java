package org.equipoise.api.loss;

import org.equipoise.api.Named;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A loss as its hyperparameters.
 *
 * <p>A new loss is one record that implements this interface, and one line in {@code
 * META-INF/services/org.equipoise.api.loss.LossSpec}.
 */
public interface LossSpec extends Named {

  /**
   * Binds the loss to the statistics of the train split, once.
   *
   * @param train the statistics of what is trained on
   * @return the loss as a function on tensors; safe for use by one thread at a time
   * @throws IllegalArgumentException if the loss is not defined for such statistics
   */
  BoundLoss bind(TrainStatistics train);
}
