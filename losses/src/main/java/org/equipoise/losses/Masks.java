package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/** Random masks of losses that leave out a part of their terms. */
final class Masks {

  private Masks() {}

  /**
   * Draws a mask from a batch's stream, row by row.
   *
   * @param random the batch's stream; not touched if nothing is left to chance
   * @param like gives shape, manager and dtype
   * @param probability of a 1, in [0, 1]
   * @return 1 or 0 for each element, shape of {@code like}
   */
  static NDArray draw(RandomGenerator random, NDArray like, double probability) {
    Shape shape = like.getShape();
    if (probability == 0 || probability == 1) {
      return like.getManager().full(shape, (float) probability, like.getDataType());
    }
    boolean[] drawn = new boolean[Math.toIntExact(shape.size())];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextDouble() < probability;
    }
    return like.getManager().create(drawn, shape).toType(like.getDataType(), false);
  }

  /** Refuses a probability out of range. */
  static void requireProbability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + ": must be in [0, 1], was " + value);
    }
  }

  /** Refuses a threshold that is no number to compare a share with. */
  static void requireThreshold(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be >= 0 and finite, was " + value);
    }
  }
}
