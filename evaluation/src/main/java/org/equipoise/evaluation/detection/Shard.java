package org.equipoise.evaluation.detection;

import java.util.List;

/**
 * What came of some images.
 *
 * @param matches of the categories that have annotations or detections there
 * @param detectionsGiven all detections
 * @param detectionsTaken those within the limit
 */
record Shard(
    Categories categories,
    Ids images,
    List<CategoryMatches> matches,
    long detectionsGiven,
    long detectionsTaken,
    Findings findings) {}
