package org.equipoise.samplers;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** A distribution over the classes, and how draws from it follow each other. Immutable. */
interface ClassLaw {

  /**
   * Starts to draw classes, each in constant time.
   *
   * @param random where the draws come from, and from nowhere else
   */
  IntSupplier draws(RandomGenerator random);

  /** Returns the probability of each class at any one draw, in a new array. */
  double[] probabilities();
}
