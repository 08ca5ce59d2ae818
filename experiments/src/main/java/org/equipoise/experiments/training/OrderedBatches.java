package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.experiments.data.StagedBatch;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.models.Network;

/** A split in its order, without augmentation, batch by batch. */
final class OrderedBatches {

  private static final int BATCH = 256;

  private OrderedBatches() {}

  /**
   * Shows each batch under no gradient, with the network's parameters lent to the step.
   *
   * @param manager the parent of each step's own manager
   * @param network what looks at the batches
   * @param examples the split
   * @param visitor is shown each batch; what it leaves in the batch's manager is freed after
   */
  static void forEach(
      NDManager manager, Network network, StagedExamples examples, Consumer<StagedBatch> visitor) {
    Iterator<int[]> batches =
        new BatchesAhead(
            batches(examples.size()),
            examples.lookAhead(),
            (i, batch) -> examples.announce(batch, List.of(), noStream()));
    while (batches.hasNext()) {
      int[] batch = batches.next();
      NoGrad.call(
          () -> {
            try (NDManager step = manager.newSubManager()) {
              network.lendTo(step);
              visitor.accept(examples.batch(step, batch, List.of(), noStream()));
            }
            return batch;
          });
    }
  }

  // Nothing draws from it: there is no augmentation.
  private static RandomGenerator noStream() {
    return new SplittableRandom(0);
  }

  private static Iterator<int[]> batches(int size) {
    return IntStream.iterate(0, from -> from < size, from -> from + BATCH)
        .mapToObj(from -> IntStream.range(from, Math.min(from + BATCH, size)).toArray())
        .iterator();
  }
}
