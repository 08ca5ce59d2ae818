package org.equipoise.experiments.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.equipoise.evaluation.statistics.SampleSummary;

/**
 * A figure without a column of its own, in the unit of its metric.
 *
 * @param metric the type name of its metric
 * @param figure its name among the metric's scalars
 * @param arms mean and spread by arm; an arm without the figure is absent
 */
public record OtherFigure(String metric, String figure, Map<String, SampleSummary> arms) {

  /** Copies the map, keeping its order. */
  public OtherFigure {
    arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
  }

  /**
   * Returns the figure of an arm.
   *
   * @param arm the arm's id
   * @return the summary; empty if the arm does not have the figure
   */
  public Optional<SampleSummary> of(String arm) {
    return Optional.ofNullable(arms.get(arm));
  }
}
