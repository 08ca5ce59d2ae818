package org.equipoise.experiments.data.inspection;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.stats.ShotGroup;

/**
 * The images of one class.
 *
 * @param name the class
 * @param group its group, by the images that can be trained on
 * @param images how many can be read, by split
 */
public record ClassSummary(String name, ShotGroup group, SortedMap<String, Integer> images) {

  /** Copies the map. */
  public ClassSummary {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }
}
