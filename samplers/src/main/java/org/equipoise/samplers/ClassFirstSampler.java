package org.equipoise.samplers;

import java.util.Iterator;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * Draws a class by some law, then one of its examples.
 *
 * <p>An example that has a class several times is one example of it.
 */
final class ClassFirstSampler implements StaticSampler {

  private final SamplingContext context;
  private final LabelIndex examples;
  private final ClassLaw law;
  private final ClassMembers members;

  /** Draws classes by a law and any of their examples. */
  ClassFirstSampler(SamplingContext context, ClassLaw law) {
    this(context, law, ClassMembers.INDEPENDENT);
  }

  private ClassFirstSampler(SamplingContext context, ClassLaw law, ClassMembers members) {
    this.context = context;
    this.examples = context.index().distinct();
    this.law = law;
    this.members = members;
  }

  /** Draws every class that has an example equally often. */
  static ClassFirstSampler balanced(SamplingContext context, int perClass, boolean cycling) {
    return new ClassFirstSampler(
        context,
        new InARow(new UniformClasses(context.index(), cycling), perClass),
        cycling ? ClassMembers.CYCLING : ClassMembers.INDEPENDENT);
  }

  @Override
  public Iterator<int[]> batches(int epoch) {
    RandomGenerator random = EpochBatches.stream(context, epoch);
    IntSupplier classes = law.draws(random);
    IntUnaryOperator member = members.draws(examples, random);
    return new EpochBatches(context, () -> member.applyAsInt(classes.getAsInt()));
  }

  @Override
  public int steps(int epoch) {
    return context.steps();
  }

  @Override
  public double[] classProbabilities(int epoch) {
    double[] drawn = law.probabilities();
    return examples.hasOneLabelEach() ? drawn : DrawnLabels.shares(context.index(), weights(drawn));
  }

  private double[] weights(double[] drawn) {
    double[] weights = new double[examples.examples()];
    for (int c = 0; c < drawn.length; c++) {
      int count = examples.count(c);
      for (int rank = 0; rank < count; rank++) {
        weights[examples.example(c, rank)] += drawn[c] / count;
      }
    }
    return weights;
  }
}
