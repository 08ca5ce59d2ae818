package org.equipoise.evaluation.detection;

import java.util.Arrays;
import java.util.List;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.RunLengthMask;

/**
 * The overlaps of one image and category that can match at any threshold, by detection; for most
 * detections there is none. Used again for the next pair; not safe for use by several threads.
 */
final class Overlaps {

  private static final double LEAST = Thresholds.match(0);

  private final GroundTruth truth;
  private final DetectionShapes shapes;
  private final DetectionRules rules;
  private final IouType type;
  private int[] objects = new int[16];
  private double[] values = new double[16];
  private int[] ends = new int[16];
  private long otherSizes;

  Overlaps(GroundTruth truth, DetectionShapes shapes, DetectionRules rules, IouType type) {
    this.truth = truth;
    this.shapes = shapes;
    this.rules = rules;
    this.type = type;
  }

  /**
   * Computes them.
   *
   * @param detections indices of detections
   * @param annotations indices of annotations, at least one
   */
  void compute(int[] detections, int from, int to, int[] annotations) {
    if (ends.length <= to - from) {
      ends = Arrays.copyOf(ends, to - from + 1);
    }
    if (type == IouType.BBOX) {
      ofBoxes(detections, from, to, annotations);
    } else {
      ofMasks(detections, from, to, annotations);
    }
  }

  private void ofBoxes(int[] detections, int from, int to, int[] annotations) {
    List<Box> boxes = Arrays.stream(annotations).mapToObj(truth::box).toList();
    for (int i = from; i < to; i++) {
      int at = begin(i - from);
      Box box = shapes.box(detections[i]);
      for (int j = 0; j < annotations.length; j++) {
        at = put(at, j, box.iou(boxes.get(j), isCrowd(annotations[j])));
      }
      ends[i - from + 1] = at;
    }
  }

  private void ofMasks(int[] detections, int from, int to, int[] annotations) {
    List<RunLengthMask> masks = Arrays.stream(annotations).mapToObj(truth::mask).toList();
    List<Box> boxes = masks.stream().map(RunLengthMask::box).toList();
    int[] areas = masks.stream().mapToInt(RunLengthMask::area).toArray();
    for (int i = from; i < to; i++) {
      int at = begin(i - from);
      if (isWorthwhile(detections[i], annotations, areas)) {
        RunLengthMask mask = shapes.mask(detections[i]);
        Box box = mask.box();
        int area = mask.area();
        boolean otherSize = false;
        for (int j = 0; j < annotations.length; j++) {
          boolean crowd = isCrowd(annotations[j]);
          if (!(box.iou(boxes.get(j), crowd) > 0)) {
            continue;
          }
          if (!mask.hasSizeOf(masks.get(j))) {
            otherSize = true;
          } else if (crowd || canMatch(shared(box, boxes.get(j)), area, areas[j])) {
            at = put(at, j, mask.pixelIou(masks.get(j), crowd));
          }
        }
        otherSizes += otherSize ? 1 : 0;
      }
      ends[i - from + 1] = at;
    }
  }

  /** Says whether a mask has to be looked at: most can be told from their areas not to match. */
  private boolean isWorthwhile(int detection, int[] annotations, int[] areas) {
    if (!shapes.hasMaskOfImageSize(detection)) {
      return true;
    }
    int area = shapes.maskArea(detection);
    for (int j = 0; j < annotations.length; j++) {
      if (isCrowd(annotations[j]) || canMatch(area, area, areas[j])) {
        return true;
      }
    }
    return false;
  }

  /** Says whether an overlap of a half is possible if so many pixels are shared at most. */
  private static boolean canMatch(double shared, int area, int truthArea) {
    return 3 * Math.min(shared, Math.min(area, truthArea)) >= (double) area + truthArea;
  }

  private static double shared(Box box, Box truth) {
    double width =
        Math.min(box.x() + box.width(), truth.x() + truth.width()) - Math.max(box.x(), truth.x());
    double height =
        Math.min(box.y() + box.height(), truth.y() + truth.height()) - Math.max(box.y(), truth.y());
    return width * height;
  }

  private int begin(int detection) {
    if (detection == 0) {
      ends[0] = 0;
    }
    return ends[detection];
  }

  private int put(int at, int object, double value) {
    if (value < LEAST) {
      return at;
    }
    if (at == objects.length) {
      objects = Arrays.copyOf(objects, 2 * at);
      values = Arrays.copyOf(values, 2 * at);
    }
    objects[at] = object;
    values[at] = value;
    return at + 1;
  }

  private boolean isCrowd(int annotation) {
    return rules == DetectionRules.COCO && truth.annotations.get(annotation).crowd();
  }

  /** Where the overlaps of a detection begin, counted from the pair's first detection. */
  int start(int detection) {
    return ends[detection];
  }

  int end(int detection) {
    return ends[detection + 1];
  }

  /** Which of the pair's annotations an overlap is with; ascending for a detection. */
  int object(int at) {
    return objects[at];
  }

  double value(int at) {
    return values[at];
  }

  /** Returns how many detections so far had a mask of another size. */
  long otherSizes() {
    return otherSizes;
  }
}
