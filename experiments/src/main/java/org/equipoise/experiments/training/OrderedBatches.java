package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.equipoise.experiments.data.StagedBatch;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.models.Network;

/**
 * A split in its order, batch by batch.
 *
 * <p>Where a batch begins changes what a convolution rounds to. So there is one partition for all
 * that is computed of a split as a whole: {@link #SIZE} examples each, from the first on, whatever
 * batches are trained on.
 */
final class OrderedBatches {

  static final int SIZE = 256;

  private OrderedBatches() {}

  /**
   * Shows each batch of plain images under no gradient, with the network's parameters lent to the
   * step.
   *
   * @param manager the parent of each step's own manager
   * @param network what looks at the batches
   * @param examples the split
   * @param visitor is shown each batch; what it leaves in the batch's manager is freed after
   */
  static void forEach(
      NDManager manager, Network network, StagedExamples examples, Consumer<StagedBatch> visitor) {
    int batches = (examples.size() + SIZE - 1) / SIZE;
    forEach(manager, network, examples, View.PLAIN, 0, batches, visitor);
  }

  /**
   * Shows some batches of a view.
   *
   * @param manager the parent of each step's own manager
   * @param network what looks at the batches
   * @param examples the split
   * @param view what the images look like
   * @param first the first batch, counted from 0
   * @param end the batch after the last
   * @param visitor is shown each batch; what it leaves in the batch's manager is freed after
   */
  static void forEach(
      NDManager manager,
      Network network,
      StagedExamples examples,
      View view,
      int first,
      int end,
      Consumer<StagedBatch> visitor) {
    Iterator<int[]> batches =
        new BatchesAhead(
            IntStream.range(first, end).mapToObj(batch -> batch(batch, examples.size())).iterator(),
            examples.lookAhead(),
            (i, batch) -> examples.announce(batch, view.augmentation(), view.random(first + i)));
    for (int number = first; number < end; number++) {
      int[] batch = batches.next();
      int place = number;
      NoGrad.call(
          () -> {
            try (NDManager step = manager.newSubManager()) {
              network.lendTo(step);
              visitor.accept(examples.batch(step, batch, view.augmentation(), view.random(place)));
            }
            return batch;
          });
    }
  }

  private static int[] batch(int number, int size) {
    return IntStream.range(number * SIZE, Math.min((number + 1) * SIZE, size)).toArray();
  }
}
