package org.equipoise.samplers;

import java.util.random.RandomGenerator;

/** A distribution over the classes. Immutable. */
interface ClassLaw {

  /** Draws a class in constant time. */
  int draw(RandomGenerator random);

  /** Returns the probability of each class, in a new array. */
  double[] probabilities();
}
