package org.equipoise.samplers;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Every class equally likely. */
record UniformClasses(int classes) implements ClassLaw {

  @Override
  public int draw(RandomGenerator random) {
    return random.nextInt(classes);
  }

  @Override
  public double[] probabilities() {
    double[] probabilities = new double[classes];
    Arrays.fill(probabilities, 1.0 / classes);
    return probabilities;
  }
}
