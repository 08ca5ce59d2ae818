package org.equipoise.evaluation.detection;

import java.util.List;
import java.util.SortedMap;

/**
 * The figures of a category that has something to be found.
 *
 * @param category the category
 * @param positives annotations that are not ignored, &gt;= 1
 * @param detections detections that took part
 * @param ap average precision in [0, 1], the mean over all ten thresholds of overlap
 * @param apByIou average precision in [0, 1] at each threshold of overlap, 0.5 to 0.95
 * @param recallByIou recall in [0, 1] at each threshold of overlap
 * @param apByArea average precision in [0, 1] of small, medium and large objects; those that the
 *     category does not have are absent
 */
public record CategoryResult(
    Category category,
    long positives,
    long detections,
    double ap,
    List<Double> apByIou,
    List<Double> recallByIou,
    SortedMap<AreaRange, Double> apByArea) {}
