package org.equipoise.evaluation.detection;

/** The thresholds of both official tools, as numpy's {@code linspace} rounds them. */
final class Thresholds {

  /** 0.5 to 0.95; the ninth is a little below 0.9. */
  private static final double[] IOU = linspace(0.5, 0.95, 10);

  /** 0 to 1; some are a little above a hundredth. */
  private static final double[] RECALL = linspace(0, 1, 101);

  /** Of a pair that is equal but for rounding, the overlap counts as 1. */
  private static final double MOST = 1 - 1e-10;

  static final int IOU_COUNT = IOU.length;
  static final int RECALL_COUNT = RECALL.length;

  private Thresholds() {}

  private static double[] linspace(double from, double to, int count) {
    double step = (to - from) / (count - 1);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = i * step + from;
    }
    values[count - 1] = to;
    return values;
  }

  static double iou(int index) {
    return IOU[index];
  }

  /** Returns what an overlap must reach to match. */
  static double match(int index) {
    return Math.min(IOU[index], MOST);
  }

  static double recall(int index) {
    return RECALL[index];
  }
}
