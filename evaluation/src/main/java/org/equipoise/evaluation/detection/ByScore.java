package org.equipoise.evaluation.detection;

/** Sorts places by falling score; of equal scores the earlier place stays first. */
final class ByScore {

  private static final int SHORT = 12;

  private int[] spare = new int[0];

  /**
   * Sorts a part of an array of places.
   *
   * @param places indices into the scores; changed
   */
  void sort(int[] places, int from, int to, double[] scores) {
    for (int start = from; start < to; start += SHORT) {
      insert(places, start, Math.min(start + SHORT, to), scores);
    }
    if (to - from > SHORT && spare.length < to - from) {
      spare = new int[to - from];
    }
    for (int width = SHORT; width < to - from; width *= 2) {
      for (int start = from; start + width < to; start += 2 * width) {
        merge(places, start, start + width, Math.min(start + 2 * width, to), scores);
      }
    }
  }

  private static void insert(int[] places, int from, int to, double[] scores) {
    for (int i = from + 1; i < to; i++) {
      int place = places[i];
      int at = i;
      while (at > from && scores[places[at - 1]] < scores[place]) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = place;
    }
  }

  private void merge(int[] places, int from, int middle, int to, double[] scores) {
    if (scores[places[middle - 1]] >= scores[places[middle]]) {
      return;
    }
    int kept = middle - from;
    System.arraycopy(places, from, spare, 0, kept);
    int left = 0;
    int right = middle;
    for (int at = from; left < kept; at++) {
      if (right < to && scores[places[right]] > scores[spare[left]]) {
        places[at] = places[right++];
      } else {
        places[at] = spare[left++];
      }
    }
  }
}
