package org.equipoise.evaluation.detection;

import java.util.List;

/**
 * How many took part.
 *
 * @param detectionsGiven all detections
 * @param detectionsTaken those within the limit of an image, or of a category
 * @param detectionsEvaluated those of them that counted for a category
 * @param annotationsEvaluated annotations that counted for a category
 * @param annotationsByArea those that are not ignored, by range of areas
 */
public record DetectionCounts(
    long detectionsGiven,
    long detectionsTaken,
    long detectionsEvaluated,
    long annotationsEvaluated,
    List<Long> annotationsByArea) {}
