package org.equipoise.samplers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;

/** Train splits to sample from. */
final class Splits {

  private Splits() {}

  /** Labels 0, 0, ..., 1, 1, ...: as many of each class as the counts say. */
  static LabelIndex ofCounts(int... counts) {
    int[] labels = new int[Arrays.stream(counts).sum()];
    int at = 0;
    for (int c = 0; c < counts.length; c++) {
      Arrays.fill(labels, at, at + counts[c], c);
      at += counts[c];
    }
    return LabelIndex.of(labels, counts.length);
  }

  static SamplingContext context(LabelIndex index, int batchSize, long seed) {
    return context(index, batchSize, new RandomStreams(seed));
  }

  static SamplingContext context(LabelIndex index, int batchSize, RandomStreams random) {
    return new SamplingContext(index, batchSize, 3, OptionalInt.empty(), random);
  }

  static SamplingContext context(LabelIndex index, int batchSize, int steps, long seed) {
    return context(index, batchSize, steps, new RandomStreams(seed));
  }

  static SamplingContext context(LabelIndex index, int batchSize, int steps, RandomStreams random) {
    return new SamplingContext(index, batchSize, 3, OptionalInt.of(steps), random);
  }

  static List<int[]> batches(EpochSampler sampler, int epoch) {
    List<int[]> batches = new ArrayList<>();
    for (Iterator<int[]> left = sampler.batches(epoch); left.hasNext(); ) {
      batches.add(left.next());
    }
    return batches;
  }

  static int[] draws(EpochSampler sampler, int epoch) {
    return batches(sampler, epoch).stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Counts how often each of 0..outcomes-1 was drawn. */
  static long[] tally(int[] draws, int outcomes) {
    long[] counts = new long[outcomes];
    for (int draw : draws) {
      counts[draw]++;
    }
    return counts;
  }
}
