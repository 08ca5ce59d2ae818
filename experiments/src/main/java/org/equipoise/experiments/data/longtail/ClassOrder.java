package org.equipoise.experiments.data.longtail;

import java.util.Arrays;
import org.equipoise.api.Named;

/** Which class is the largest, which the second largest, and so on. A closed set. */
public sealed interface ClassOrder extends Named {

  /**
   * Returns the classes from the largest to the smallest.
   *
   * @param classes the number of classes K
   * @return class ids, each of 0..K-1 once
   */
  int[] largestFirst(int classes);

  /** Class 0 is the largest and class K-1 the smallest, as in all published figures. */
  record Original() implements ClassOrder {

    @Override
    public int[] largestFirst(int classes) {
      int[] order = new int[classes];
      Arrays.setAll(order, c -> c);
      return order;
    }
  }

  /**
   * The classes in a random order: the same as NumPy's {@code RandomState(seed).permutation(K)}.
   *
   * <p>For checking that a finding does not hang on which classes are rare. Compares with no
   * published figure.
   *
   * @param seed 0..2^32-1
   */
  record Permuted(long seed) implements ClassOrder {

    /** Checks the range. */
    public Permuted {
      Mt19937.requireSeed("seed", seed);
    }

    @Override
    public int[] largestFirst(int classes) {
      int[] order = new Original().largestFirst(classes);
      new Mt19937(seed).shuffle(order);
      return order;
    }
  }
}
