package org.equipoise.experiments.training;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.random.RandomStreams;

/**
 * One way to look at every image of a split, in the split's order.
 *
 * @param number which way: 0 is the plain image, as in evaluation
 * @param augmentation random changes, in this order; none of the plain image
 * @param streams the seed of the streams that they draw from
 */
record View(int number, List<AugmentationSpec> augmentation, long streams) {

  /** The plain images, in whose looks no seed has a part. */
  static final View PLAIN = new View(0, List.of(), 0);

  /** Returns a view of the training images of a stage. */
  static View of(StageTask task, int number) {
    return number == 0 ? PLAIN : new View(number, task.training().augmentation(), task.streams());
  }

  /** Returns the stream of a batch, from its start. */
  RandomGenerator random(int batch) {
    return augmentation.isEmpty()
        // Nothing draws from it.
        ? new SplittableRandom(0)
        : new RandomStreams(streams).stream("view=" + number + "/batch=" + batch);
  }
}
