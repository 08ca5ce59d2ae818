package org.equipoise.losses;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.LossInput;

/** A generator whose coins fall as a given mask says, row by row. */
final class ReplayedMask implements RandomGenerator {

  private final double[] mask;
  private int next;

  ReplayedMask(double[][] mask) {
    this.mask = Arrays.stream(mask).flatMapToDouble(Arrays::stream).toArray();
  }

  static LossInput with(LossInput in, double[][] mask) {
    return new LossInput(
        in.logits(),
        in.targets(),
        in.objectness(),
        in.features(),
        in.teacher(),
        new ReplayedMask(mask));
  }

  @Override
  public double nextDouble() {
    return mask[next++] == 1 ? 0 : Math.nextDown(1.0);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("a mask is replayed by coins only");
  }
}
