package org.equipoise.evaluation.detection;

/**
 * How a detection fared, as a set of bits: one for each range of areas and threshold of overlap.
 * Forty of them, so that two sets say everything that is ever asked of a detection.
 */
final class Outcomes {

  private static final AreaRange[] AREAS = AreaRange.values();

  static final int OF_AREA = (1 << Thresholds.IOU_COUNT) - 1;
  static final long ALL = (1L << (AREAS.length * Thresholds.IOU_COUNT)) - 1;

  private Outcomes() {}

  static long bit(int area, int threshold) {
    return 1L << (area * Thresholds.IOU_COUNT + threshold);
  }

  /** Returns the bits of one range of areas, one for each threshold. */
  static int ofArea(long outcomes, int area) {
    return (int) (outcomes >> (area * Thresholds.IOU_COUNT)) & OF_AREA;
  }

  /** Returns the bits of all ranges that do not contain an area. */
  static long outside(double value) {
    long outside = 0;
    for (int a = 0; a < AREAS.length; a++) {
      if (!AREAS[a].contains(value)) {
        outside |= (long) OF_AREA << (a * Thresholds.IOU_COUNT);
      }
    }
    return outside;
  }
}
