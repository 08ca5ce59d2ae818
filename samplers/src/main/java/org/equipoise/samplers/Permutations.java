package org.equipoise.samplers;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Numbers in random order, again and again, each time in a new order.
 *
 * <p>Shuffles as it goes (Fisher and Yates), so that the beginning of a permutation costs no more
 * than the draws taken from it.
 */
final class Permutations {

  private final int[] numbers;
  private final RandomGenerator random;
  private int taken;

  /**
   * Permutes given numbers.
   *
   * @param numbers at least one; they are shuffled in place
   */
  Permutations(int[] numbers, RandomGenerator random) {
    this.numbers = numbers;
    this.random = random;
  }

  /** Permutes 0..n-1. */
  static Permutations below(int n, RandomGenerator random) {
    return new Permutations(IntStream.range(0, n).toArray(), random);
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
