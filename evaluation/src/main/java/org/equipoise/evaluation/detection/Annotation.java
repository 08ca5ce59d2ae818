package org.equipoise.evaluation.detection;

import java.util.Optional;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.Segmentation;

/**
 * An object that was to be found.
 *
 * @param id its id, unlike any other; the official tools take 0 for "unmatched"
 * @param imageId the image's id
 * @param categoryId the category's id
 * @param area its area, in square pixels, finite: of the mask, as files have it, also where boxes
 *     are compared
 * @param box its box; needed where boxes are compared
 * @param mask its mask; needed where masks are compared
 * @param crowd whether it stands for many objects (COCO)
 * @param ignore whether finding it counts neither way (LVIS)
 */
public record Annotation(
    long id,
    long imageId,
    long categoryId,
    double area,
    Optional<Box> box,
    Optional<Segmentation> mask,
    boolean crowd,
    boolean ignore) {

  /** Checks the area. */
  public Annotation {
    if (!Double.isFinite(area)) {
      throw new IllegalArgumentException("area: must be finite, is " + area);
    }
  }
}
