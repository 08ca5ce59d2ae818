package org.equipoise.samplers;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Draws each class several times in a row before the next. */
record InARow(ClassLaw law, int times) implements ClassLaw {

  @Override
  public IntSupplier draws(RandomGenerator random) {
    IntSupplier classes = law.draws(random);
    return times == 1 ? classes : new Repeating(classes, times);
  }

  @Override
  public double[] probabilities() {
    return law.probabilities();
  }

  private static final class Repeating implements IntSupplier {
    private final IntSupplier classes;
    private final int times;
    private int left;
    private int current;

    Repeating(IntSupplier classes, int times) {
      this.classes = classes;
      this.times = times;
    }

    @Override
    public int getAsInt() {
      if (left == 0) {
        left = times;
        current = classes.getAsInt();
      }
      left--;
      return current;
    }
  }
}
