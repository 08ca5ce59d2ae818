package org.equipoise.evaluation.detection;

import java.util.Collections;
import java.util.EnumMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts of findings. Not safe for use by several threads. */
final class Findings {

  private final EnumMap<Finding, Long> counts = new EnumMap<>(Finding.class);

  void add(Finding finding, long count) {
    if (count > 0) {
      counts.merge(finding, count, Long::sum);
    }
  }

  void add(Findings others) {
    others.counts.forEach(this::add);
  }

  SortedMap<Finding, Long> toMap() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
