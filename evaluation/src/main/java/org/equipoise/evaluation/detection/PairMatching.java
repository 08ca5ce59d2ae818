package org.equipoise.evaluation.detection;

/**
 * Matches the detections of one image and category with its annotations, at all thresholds and
 * ranges of areas.
 *
 * <p>Detections choose in the order of their scores: the annotation with the largest overlap that
 * is still free, the later one of equals; one that is ignored only if no other one is left.
 */
final class PairMatching {

  private static final int AREAS = AreaRange.values().length;
  private static final int NONE = -1;

  private final Overlaps overlaps;

  /** By annotation: the thresholds and areas at which it is ignored, taken, may be taken again. */
  private final long[] ignored;

  private final long[] taken;
  private final boolean[] crowd;
  private final boolean[] idZero;

  /**
   * Begins a pair.
   *
   * @param overlaps the pair's overlaps
   * @param annotations indices of the pair's annotations
   */
  PairMatching(Overlaps overlaps, GroundTruth truth, DetectionRules rules, int[] annotations) {
    this.overlaps = overlaps;
    ignored = new long[annotations.length];
    taken = new long[annotations.length];
    crowd = new boolean[annotations.length];
    idZero = new boolean[annotations.length];
    for (int j = 0; j < annotations.length; j++) {
      Annotation annotation = truth.annotations.get(annotations[j]);
      ignored[j] = ignored(annotation, rules);
      crowd[j] = rules == DetectionRules.COCO && annotation.crowd();
      idZero[j] = annotation.id() == 0;
    }
  }

  /** Returns where an annotation counts neither way. */
  static long ignored(Annotation annotation, DetectionRules rules) {
    boolean everywhere = rules == DetectionRules.COCO ? annotation.crowd() : annotation.ignore();
    return everywhere ? Outcomes.ALL : Outcomes.outside(annotation.area());
  }

  /**
   * Matches the next detection.
   *
   * @param detection counted from the pair's first
   * @param matchedWithIgnored receives, at index 0, where it is matched with an ignored annotation
   * @return where it is matched
   */
  long match(int detection, long[] matchedWithIgnored) {
    int from = overlaps.start(detection);
    int to = overlaps.end(detection);
    double most = 0;
    for (int at = from; at < to; at++) {
      most = Math.max(most, overlaps.value(at));
    }
    long matched = 0;
    long withIgnored = 0;
    for (int t = 0; t < Thresholds.IOU_COUNT && Thresholds.match(t) <= most; t++) {
      for (int a = 0; a < AREAS; a++) {
        long bit = Outcomes.bit(a, t);
        int choice = choose(from, to, t, bit, 0);
        if (choice == NONE) {
          choice = choose(from, to, t, bit, bit);
        }
        if (choice == NONE) {
          continue;
        }
        taken[choice] |= bit;
        matched |= idZero[choice] ? 0 : bit;
        withIgnored |= ignored[choice] & bit;
      }
    }
    matchedWithIgnored[0] = withIgnored;
    return matched;
  }

  /** Chooses among those that are ignored or are not, as {@code ignoredBit} says. */
  private int choose(int from, int to, int threshold, long bit, long ignoredBit) {
    double best = Thresholds.match(threshold);
    int choice = NONE;
    for (int at = from; at < to; at++) {
      int j = overlaps.object(at);
      if ((ignored[j] & bit) == ignoredBit
          && ((taken[j] & bit) == 0 || crowd[j])
          && overlaps.value(at) >= best) {
        best = overlaps.value(at);
        choice = j;
      }
    }
    return choice;
  }
}
