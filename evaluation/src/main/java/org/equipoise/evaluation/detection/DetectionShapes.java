package org.equipoise.evaluation.detection;

import java.util.function.IntPredicate;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.RunLengthMask;

/**
 * What a detection's area, box and mask are. The first detection decides for all: if it has a box,
 * areas are those of boxes, and a missing mask is the box; else areas are those of masks, and a
 * missing box is the one around the mask.
 */
final class DetectionShapes {

  private final Detections detections;
  private final boolean byBox;

  private DetectionShapes(Detections detections, boolean byBox) {
    this.detections = detections;
    this.byBox = byBox;
  }

  /**
   * Decides.
   *
   * @param first the detection that decides; negative if there is none
   * @param taken those that take part
   * @throws IllegalArgumentException if one of them lacks what the first one has
   */
  static DetectionShapes of(Detections detections, int first, IntPredicate taken) {
    boolean byBox = first >= 0 && detections.hasBox(first);
    for (int i = 0; i < detections.size(); i++) {
      if (taken.test(i) && !(byBox ? detections.hasBox(i) : detections.hasMask(i))) {
        throw new IllegalArgumentException(
            "detection "
                + (i + 1)
                + ": has no "
                + (byBox ? "bbox" : "segmentation")
                + (i == first ? "" : ", but the one that decides for all, " + (first + 1) + ", has")
                + (byBox || i == first ? "" : " no bbox"));
      }
    }
    return new DetectionShapes(detections, byBox);
  }

  double area(int index) {
    return byBox ? detections.boxArea(index) : detections.maskArea(index);
  }

  Box box(int index) {
    return detections.hasBox(index) ? detections.box(index) : detections.mask(index).box();
  }

  /** Says whether there is a mask that can be compared with those of its image. */
  boolean hasMaskOfImageSize(int index) {
    return detections.hasMask(index) && detections.isMaskOfImageSize(index);
  }

  int maskArea(int index) {
    return detections.maskArea(index);
  }

  RunLengthMask mask(int index) {
    if (detections.hasMask(index)) {
      return detections.mask(index);
    }
    int image = detections.image[index];
    int[] sizes = detections.truth.sizes;
    return RunLengthMask.ofBox(detections.box(index), sizes[2 * image], sizes[2 * image + 1]);
  }
}
