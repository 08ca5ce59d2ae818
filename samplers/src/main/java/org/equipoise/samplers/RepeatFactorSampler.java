package org.equipoise.samplers;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/** Draws lists in which images are repeated, each list in random order. */
final class RepeatFactorSampler implements StaticSampler {

  private final SamplingContext context;
  private final RepeatFactors factors;

  RepeatFactorSampler(SamplingContext context, RepeatFactors factors) {
    this.context = context;
    this.factors = factors;
  }

  @Override
  public Iterator<int[]> batches(int epoch) {
    Lists lists = new Lists(factors.ofImage(), EpochBatches.stream(context, epoch));
    int draws = context.stepsPerEpoch().isPresent() ? context.drawsPerEpoch() : lists.left;
    return new EpochBatches(context.batchSize(), draws, lists);
  }

  @Override
  public int steps(int epoch) {
    if (context.stepsPerEpoch().isPresent()) {
      return context.steps();
    }
    int[] copies = copies(factors.ofImage(), EpochBatches.stream(context, epoch));
    return EpochBatches.steps(context.batchSize(), Arrays.stream(copies).sum());
  }

  @Override
  public double[] classProbabilities(int epoch) {
    return DrawnLabels.shares(context.index(), factors.ofImage());
  }

  /** Rounds each factor at random; the first thing that an epoch takes from its stream. */
  private static int[] copies(double[] factors, RandomGenerator random) {
    int[] copies = new int[factors.length];
    for (int i = 0; i < copies.length; i++) {
      int below = (int) factors[i];
      double more = factors[i] - below;
      copies[i] = more > 0 && random.nextDouble() < more ? below + 1 : below;
    }
    return copies;
  }

  /** One list after the other. */
  private static final class Lists implements IntSupplier {
    private final double[] factors;
    private final RandomGenerator random;
    private Permutations list;
    private int left;

    Lists(double[] factors, RandomGenerator random) {
      this.factors = factors;
      this.random = random;
      startList();
    }

    private void startList() {
      int[] copies = copies(factors, random);
      left = Arrays.stream(copies).sum();
      int[] images = new int[left];
      int end = 0;
      for (int i = 0; i < copies.length; i++) {
        int start = end;
        end += copies[i];
        Arrays.fill(images, start, end, i);
      }
      list = new Permutations(images, random);
    }

    @Override
    public int getAsInt() {
      if (left == 0) {
        startList();
      }
      left--;
      return list.next();
    }
  }
}
