package org.equipoise.experiments.data.augmentation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** A generator whose draws are written down beforehand. */
final class Scripted implements RandomGenerator {

  private final Deque<Double> draws = new ArrayDeque<>();

  Scripted(double... draws) {
    Arrays.stream(draws).forEach(this.draws::add);
  }

  @Override
  public int nextInt(int bound) {
    int draw = draws.remove().intValue();
    if (draw >= bound) {
      throw new AssertionError(draw + " was scripted, but the bound is " + bound);
    }
    return draw;
  }

  @Override
  public double nextDouble() {
    return draws.remove();
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("not scripted");
  }
}
