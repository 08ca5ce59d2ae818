/**
 * Average precision of detection and instance segmentation by the rules of COCO and LVIS, number
 * for number.
 *
 * <p>{@link org.equipoise.evaluation.detection.DetectionEvaluation} turns ground truth and
 * detections of some images into a tally; tallies of other images merge with it; its result is what
 * the official tools print.
 */
package org.equipoise.evaluation.detection;
