package org.equipoise.experiments.data.longtail;

import java.util.Arrays;
import org.equipoise.api.Named;

/**
 * How the number of images falls from the largest class to the smallest. A closed set.
 *
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning imbalanced datasets
 *     with label-distribution-aware margin loss, section 4</a>
 */
public sealed interface Profile extends Named {

  /**
   * Returns how many images each class keeps, from the largest class to the smallest.
   *
   * @param classes the number of classes K, &gt;= 2
   * @param maxCount images of the largest class, &gt;= 1
   * @param imbalanceFactor n_max / n_min, &gt;= 1
   * @return K counts, not rising; a count may be 0
   */
  int[] counts(int classes, int maxCount, double imbalanceFactor);

  /** Falls by the same factor from each class to the next: n_k = trunc(n_max IF^(-k/(K-1))). */
  record Exponential() implements Profile {

    @Override
    public int[] counts(int classes, int maxCount, double imbalanceFactor) {
      int[] counts = new int[classes];
      // StrictMath: a count must not depend on the processor's own pow.
      Arrays.setAll(
          counts, k -> (int) (maxCount * StrictMath.pow(1 / imbalanceFactor, k / (classes - 1.0))));
      return counts;
    }
  }

  /** Keeps the first half of the classes whole and trunc(n_max / IF) images of the others. */
  record Step() implements Profile {

    @Override
    public int[] counts(int classes, int maxCount, double imbalanceFactor) {
      int[] counts = new int[classes];
      Arrays.fill(counts, (int) (maxCount * (1 / imbalanceFactor)));
      Arrays.fill(counts, 0, classes / 2, maxCount);
      return counts;
    }
  }
}
