package org.equipoise.samplers;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The numbers 0..n-1 in random order, again and again, each time in a new order.
 *
 * <p>Shuffles as it goes (Fisher and Yates), so that the beginning of a permutation costs no more
 * than the draws taken from it.
 */
final class Permutations {

  private final int[] numbers;
  private final RandomGenerator random;
  private int taken;

  Permutations(int n, RandomGenerator random) {
    this.numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    this.random = random;
  }

  int next() {
    if (taken == numbers.length) {
      taken = 0;
    }
    int other = taken + random.nextInt(numbers.length - taken);
    int drawn = numbers[other];
    numbers[other] = numbers[taken];
    numbers[taken++] = drawn;
    return drawn;
  }
}
