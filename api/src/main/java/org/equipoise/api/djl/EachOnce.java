package org.equipoise.api.djl;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/** Every example once an epoch, in random order: what is drawn where no sampler is given. */
record EachOnce(SamplingContext context) implements StaticSampler {

  @Override
  public Iterator<int[]> batches(int epoch) {
    int[] order = new int[context.index().examples()];
    Arrays.setAll(order, i -> i);
    RandomGenerator random = context.random().stream("sampler/epoch=" + epoch);
    for (int left = order.length; left > 1; left--) {
      int drawn = random.nextInt(left);
      int last = order[left - 1];
      order[left - 1] = order[drawn];
      order[drawn] = last;
    }
    return new Iterator<>() {
      private int from;

      @Override
      public boolean hasNext() {
        return from < order.length;
      }

      @Override
      public int[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has no batch left");
        }
        int to = Math.min(from + context.batchSize(), order.length);
        int[] batch = Arrays.copyOfRange(order, from, to);
        from = to;
        return batch;
      }
    };
  }

  @Override
  public int steps(int epoch) {
    return context.steps();
  }

  @Override
  public double[] classProbabilities(int epoch) {
    return context.index().counts().prior().toArray();
  }
}
