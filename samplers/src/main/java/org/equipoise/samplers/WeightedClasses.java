package org.equipoise.samplers;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Classes with given probabilities, drawn in constant time by the alias method.
 *
 * @see <a href="https://doi.org/10.1109/32.92917">Vose 1991, A Linear Algorithm for Generating
 *     Random Numbers with a Given Distribution</a>
 */
final class WeightedClasses implements ClassLaw {

  private final double[] probabilities;
  private final double[] kept;
  private final int[] alias;

  /**
   * Prepares the draws.
   *
   * @param weights one weight a class, &gt; 0 and finite, of any sum
   */
  WeightedClasses(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    probabilities = Arrays.stream(weights).map(w -> w / sum).toArray();
    int classes = weights.length;
    kept = new double[classes];
    alias = new int[classes];
    double[] left = Arrays.stream(probabilities).map(p -> p * classes).toArray();
    int[] small = new int[classes];
    int[] large = new int[classes];
    int smalls = 0;
    int larges = 0;
    for (int c = 0; c < classes; c++) {
      alias[c] = c;
      // What rounding leaves over at the end is 1 but for rounding.
      kept[c] = 1;
      if (left[c] < 1) {
        small[smalls++] = c;
      } else {
        large[larges++] = c;
      }
    }
    while (smalls > 0 && larges > 0) {
      int less = small[--smalls];
      int more = large[larges - 1];
      kept[less] = left[less];
      alias[less] = more;
      left[more] -= 1 - left[less];
      if (left[more] < 1) {
        larges--;
        small[smalls++] = more;
      }
    }
  }

  @Override
  public int draw(RandomGenerator random) {
    int column = random.nextInt(kept.length);
    return random.nextDouble() < kept[column] ? column : alias[column];
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }
}
