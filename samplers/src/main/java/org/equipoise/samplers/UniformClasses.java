package org.equipoise.samplers;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.sampling.LabelIndex;

/**
 * Every class that has an example equally likely: drawn independently, or one after the other in
 * random order, and again in a new order once all were drawn.
 */
final class UniformClasses implements ClassLaw {

  private final int classes;
  private final int[] drawn;
  private final boolean cycling;

  UniformClasses(LabelIndex index, boolean cycling) {
    this.classes = index.classes();
    this.drawn = IntStream.range(0, classes).filter(c -> index.count(c) > 0).toArray();
    this.cycling = cycling;
  }

  @Override
  public IntSupplier draws(RandomGenerator random) {
    return cycling
        ? new Permutations(drawn.clone(), random)::next
        : () -> drawn[random.nextInt(drawn.length)];
  }

  @Override
  public double[] probabilities() {
    double[] probabilities = new double[classes];
    for (int c : drawn) {
      probabilities[c] = 1.0 / drawn.length;
    }
    return probabilities;
  }
}
