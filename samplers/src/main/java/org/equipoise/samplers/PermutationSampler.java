package org.equipoise.samplers;

import java.util.Iterator;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/** Draws without replacement: every epoch is made of permutations of the train split. */
final class PermutationSampler implements StaticSampler {

  private final SamplingContext context;

  PermutationSampler(SamplingContext context) {
    this.context = context;
  }

  @Override
  public Iterator<int[]> batches(int epoch) {
    RandomGenerator random = EpochBatches.stream(context, epoch);
    Permutations examples = Permutations.below(context.index().examples(), random);
    return new EpochBatches(context, examples::next);
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
