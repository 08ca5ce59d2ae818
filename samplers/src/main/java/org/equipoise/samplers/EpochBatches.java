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

  /** Cuts as many draws as the context says. */
  EpochBatches(SamplingContext context, IntSupplier draws) {
    this(context.batchSize(), context.drawsPerEpoch(), draws);
  }

  EpochBatches(int batchSize, int count, IntSupplier draws) {
    this.batchSize = batchSize;
    this.draws = draws;
    this.left = count;
  }

  /** Returns the stream of an epoch, from its start. */
  static RandomGenerator stream(SamplingContext context, int epoch) {
    return context.random().stream("sampler/epoch=" + epoch);
  }

  /** Returns how many batches hold so many draws, at least one. */
  static int steps(int batchSize, int count) {
    return (count - 1) / batchSize + 1;
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
