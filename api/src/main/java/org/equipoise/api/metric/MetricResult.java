package org.equipoise.api.metric;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of a metric, by name.
 *
 * @param scalars single figures; one that is undefined (an empty shot group) is absent, never 0
 * @param vectors figures by class, or by bin where the metric says so; one that is undefined is
 *     empty
 * @param tables figures by true class and predicted class
 */
public record MetricResult(
    SortedMap<String, Double> scalars,
    SortedMap<String, List<OptionalDouble>> vectors,
    SortedMap<String, List<List<Long>>> tables) {

  /** Copies the maps. */
  public MetricResult {
    scalars = Collections.unmodifiableSortedMap(new TreeMap<>(scalars));
    vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
  }

  /**
   * Returns a result of single figures.
   *
   * @param scalars the figures by name
   * @return the result
   */
  public static MetricResult ofScalars(SortedMap<String, Double> scalars) {
    return new MetricResult(scalars, new TreeMap<>(), new TreeMap<>());
  }
}
