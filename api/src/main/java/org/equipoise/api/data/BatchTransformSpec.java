package org.equipoise.api.data;

import org.equipoise.api.Named;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A change of a training batch that mixes its examples, and so changes inputs and targets.
 *
 * <p>A new one is one record that implements this interface, and one line in {@code
 * META-INF/services/org.equipoise.api.data.BatchTransformSpec}. One that needs no statistics
 * returns a function that ignores them.
 */
public interface BatchTransformSpec extends Named {

  /**
   * Binds the transform to the statistics of the train split, once a stage.
   *
   * @param train the statistics of what is trained on
   * @return the transform as a function on batches; safe for use by one thread at a time
   * @throws IllegalArgumentException if the transform is not defined for such statistics
   */
  BatchTransform bind(TrainStatistics train);
}
