package org.equipoise.experiments.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.evaluation.statistics.SampleSummary;

/**
 * The recall of one class in every arm.
 *
 * @param name the class's name
 * @param trainImages n_c of what was trained on
 * @param publishedImages n_c of the full published train set
 * @param group its shot group, by the published count
 * @param recall mean and spread of its recall by arm; an arm without the figure is absent
 */
public record ClassSummary(
    String name,
    long trainImages,
    long publishedImages,
    ShotGroup group,
    Map<String, SampleSummary> recall) {

  /** Copies the map, keeping its order. */
  public ClassSummary {
    recall = Collections.unmodifiableMap(new LinkedHashMap<>(recall));
  }

  /**
   * Returns the recall of an arm.
   *
   * @param arm the arm's id
   * @return the summary; empty if the arm does not have the figure
   */
  public Optional<SampleSummary> recallOf(String arm) {
    return Optional.ofNullable(recall.get(arm));
  }
}
