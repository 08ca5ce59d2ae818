package org.equipoise.evaluation.detection.shape;

/**
 * A box, in pixels. Width and height may be negative, as they may in files; nothing overlaps such a
 * box.
 *
 * @param x the left edge, finite
 * @param y the upper edge, finite
 * @param width the width, finite
 * @param height the height, finite
 */
public record Box(double x, double y, double width, double height) {

  /** Around nothing. */
  public static final Box EMPTY = new Box(0, 0, 0, 0);

  /** Checks that all are finite. */
  public Box {
    if (!Double.isFinite(x)
        || !Double.isFinite(y)
        || !Double.isFinite(width)
        || !Double.isFinite(height)) {
      throw new IllegalArgumentException(
          "bbox: must be finite, is [" + x + ", " + y + ", " + width + ", " + height + "]");
    }
  }

  /**
   * Returns the overlap of a detection, this box, with another one. No pixel is added to widths or
   * heights.
   *
   * @param truth the box that was to be found
   * @param crowd whether it stands for many objects; the detection's own area is then what the
   *     intersection is divided by
   * @return intersection over union in [0, 1]
   */
  public double iou(Box truth, boolean crowd) {
    double w = Math.min(width + x, truth.width + truth.x) - Math.max(x, truth.x);
    if (w <= 0) {
      return 0;
    }
    double h = Math.min(height + y, truth.height + truth.y) - Math.max(y, truth.y);
    if (h <= 0) {
      return 0;
    }
    double both = w * h;
    double area = width * height;
    return both / (crowd ? area : area + truth.width * truth.height - both);
  }
}
