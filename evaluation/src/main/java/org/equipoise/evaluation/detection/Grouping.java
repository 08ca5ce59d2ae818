package org.equipoise.evaluation.detection;

import java.util.function.IntPredicate;

/**
 * Places of things by category, within a category by image, and within an image in their old order.
 * In the space and time of the things, whatever the numbers of categories and images.
 */
final class Grouping {

  private final int[] places;
  private final int[] starts;

  private Grouping(int[] places, int[] starts) {
    this.places = places;
    this.starts = starts;
  }

  /**
   * Groups things.
   *
   * @param size the number of things
   * @param categories the index of the category, by thing
   * @param images the index of the image, by thing
   * @param taken which things take part
   */
  static Grouping of(
      int size,
      int[] categories,
      int categoryCount,
      int[] images,
      int imageCount,
      IntPredicate taken) {
    int[] imageEnds = new int[imageCount + 1];
    int[] starts = new int[categoryCount + 1];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (taken.test(i)) {
        imageEnds[images[i] + 1]++;
        starts[categories[i] + 1]++;
        count++;
      }
    }
    sum(imageEnds);
    sum(starts);
    int[] byImage = new int[count];
    for (int i = 0; i < size; i++) {
      if (taken.test(i)) {
        byImage[imageEnds[images[i]]++] = i;
      }
    }
    int[] places = new int[count];
    int[] ends = starts.clone();
    for (int place : byImage) {
      places[ends[categories[place]]++] = place;
    }
    return new Grouping(places, starts);
  }

  private static void sum(int[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
  }

  /** Returns all places; a category's are from {@link #start} to {@link #end}. */
  int[] places() {
    return places;
  }

  int size() {
    return places.length;
  }

  int start(int category) {
    return starts[category];
  }

  int end(int category) {
    return starts[category + 1];
  }
}
