package org.equipoise.samplers;

import java.util.Iterator;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/** Draws with replacement: a class by some law, then one of its examples uniformly. */
final class ClassFirstSampler implements StaticSampler {

  private final SamplingContext context;
  private final ClassLaw law;

  ClassFirstSampler(SamplingContext context, ClassLaw law) {
    this.context = context;
    this.law = law;
  }

  @Override
  public Iterator<int[]> batches(int epoch) {
    LabelIndex index = context.index();
    RandomGenerator random = EpochBatches.stream(context, epoch);
    return new EpochBatches(
        context,
        () -> {
          int classId = law.draw(random);
          return index.example(classId, random.nextInt(index.count(classId)));
        });
  }

  @Override
  public int steps(int epoch) {
    return context.steps();
  }

  @Override
  public double[] classProbabilities(int epoch) {
    return law.probabilities();
  }
}
