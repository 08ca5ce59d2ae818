package org.equipoise.experiments.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a learned sampler made of its draws over a stage.
 *
 * @param first the share of draws of each shot group before the first step
 * @param last the same after the last step
 */
public record LearnedShares(SortedMap<String, Double> first, SortedMap<String, Double> last) {

  /** Copies the maps. */
  public LearnedShares {
    first = Collections.unmodifiableSortedMap(new TreeMap<>(first));
    last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
  }
}
