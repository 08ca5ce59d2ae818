package org.equipoise.evaluation.detection;

/**
 * A range of areas, in square pixels. Both bounds belong to it, so that an area of 1024 is small
 * and medium.
 */
public enum AreaRange {
  /** Up to 100,000 x 100,000. */
  ALL(0, 1e10, ""),
  /** Up to 32 x 32. */
  SMALL(0, 1024, "s"),
  /** From 32 x 32 to 96 x 96. */
  MEDIUM(1024, 9216, "m"),
  /** From 96 x 96. */
  LARGE(9216, 1e10, "l");

  private final double least;
  private final double most;
  private final String suffix;

  AreaRange(double least, double most, String suffix) {
    this.least = least;
    this.most = most;
    this.suffix = suffix;
  }

  /**
   * Says whether an area is in the range.
   *
   * @param area the area, in square pixels
   * @return true if it is
   */
  public boolean contains(double area) {
    return area >= least && area <= most;
  }

  /**
   * Returns what stands after AP and AR.
   *
   * @return empty, {@code s}, {@code m} or {@code l}
   */
  public String suffix() {
    return suffix;
  }
}
