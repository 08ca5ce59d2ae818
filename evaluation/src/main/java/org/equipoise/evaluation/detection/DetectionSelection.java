package org.equipoise.evaluation.detection;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which of some detections take part. */
final class DetectionSelection {

  private static final int LVIS_LIMIT = 300;
  private static final int FIXED_LIMIT = 10_000;
  private static final int NONE = -1;

  private final boolean[] taken;
  private final int size;
  private final int first;

  private DetectionSelection(boolean[] taken, int first) {
    this.taken = taken;
    this.first = first;
    int count = 0;
    for (boolean one : taken) {
      count += one ? 1 : 0;
    }
    this.size = count;
  }

  /** Selects by a limit; detections of unknown categories take up places. */
  static DetectionSelection of(Detections detections, DetectionRules rules, DetectionLimit limit) {
    boolean[] taken = new boolean[detections.size()];
    Arrays.fill(taken, true);
    if (limit == DetectionLimit.FIXED) {
      keepBest(
          FIXED_LIMIT, taken, detections, detections.category, detections.truth.categories.size());
    } else if (rules == DetectionRules.LVIS) {
      int images = detections.truth.imageCount();
      keepBest(LVIS_LIMIT, taken, detections, detections.image, images);
      return new DetectionSelection(taken, firstOfFirstImage(detections));
    }
    int first = IntStream.range(0, taken.length).filter(i -> taken[i]).findFirst().orElse(NONE);
    return new DetectionSelection(taken, first);
  }

  /** Leaves the best of each group; what has no group stays. */
  private static void keepBest(
      int limit, boolean[] taken, Detections detections, int[] groups, int groupCount) {
    Grouping grouping =
        Grouping.of(
            taken.length, groups, groupCount, new int[taken.length], 1, i -> groups[i] >= 0);
    int[] places = grouping.places();
    ByScore byScore = new ByScore();
    for (int group = 0; group < groupCount; group++) {
      int end = grouping.end(group);
      if (end - grouping.start(group) > limit) {
        byScore.sort(places, grouping.start(group), end, detections.score);
        for (int i = grouping.start(group) + limit; i < end; i++) {
          taken[places[i]] = false;
        }
      }
    }
  }

  /** The official tool puts an image with too many detections in the order of their scores. */
  private static int firstOfFirstImage(Detections detections) {
    if (detections.size() == 0) {
      return NONE;
    }
    int image = detections.image[0];
    int best = 0;
    int count = 0;
    for (int i = 0; i < detections.size(); i++) {
      if (detections.image[i] == image) {
        count++;
        best = detections.score[i] > detections.score[best] ? i : best;
      }
    }
    return count > LVIS_LIMIT ? best : 0;
  }

  boolean has(int detection) {
    return taken[detection];
  }

  int size() {
    return size;
  }

  /** Returns the detection that decides the form of all, negative if there is none. */
  int first() {
    return first;
  }
}
