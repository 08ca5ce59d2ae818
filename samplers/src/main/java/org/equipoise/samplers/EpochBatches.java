package org.equipoise.samplers;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.SamplingContext;

/** The draws of one epoch, cut into batches; the last may be smaller. */
final class EpochBatches implements Iterator<int[]> {

  private final int batchSize;
  private final IntSupplier draws;
  private int left;

  EpochBatches(SamplingContext context, IntSupplier draws) {
    this.batchSize = context.batchSize();
    this.draws = draws;
    this.left = context.drawsPerEpoch();
  }

  /** Returns the stream of an epoch, from its start. */
  static RandomGenerator stream(SamplingContext context, int epoch) {
    return context.random().stream("sampler/epoch=" + epoch);
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public int[] next() {
    if (left == 0) {
      throw new NoSuchElementException("sampler: the epoch has no batch left");
    }
    int[] batch = new int[Math.min(batchSize, left)];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = draws.getAsInt();
    }
    left -= batch.length;
    return batch;
  }
}
