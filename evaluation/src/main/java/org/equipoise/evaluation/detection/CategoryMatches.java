package org.equipoise.evaluation.detection;

import java.util.Arrays;

/**
 * How the detections of one category fared in some images, and what there was to be found. Grouped
 * by image, ascending by id; within an image by falling score. Immutable once built.
 */
final class CategoryMatches {

  final int category;

  /** The images that have detections. */
  final long[] images;

  /** Where the detections of an image end. */
  final int[] ends;

  final double[] scores;

  /** See {@link Outcomes}. */
  final long[] matched;

  final long[] ignored;

  /** Annotations that take part. */
  final int annotations;

  /** Annotations that are not ignored, by range of areas. */
  final int[] positives;

  private CategoryMatches(Builder from) {
    category = from.category;
    images = Arrays.copyOf(from.images, from.imageCount);
    ends = Arrays.copyOf(from.ends, from.imageCount);
    scores = Arrays.copyOf(from.scores, from.size);
    matched = Arrays.copyOf(from.matched, from.size);
    ignored = Arrays.copyOf(from.ignored, from.size);
    annotations = from.annotations;
    positives = from.positives;
  }

  int start(int image) {
    return image == 0 ? 0 : ends[image - 1];
  }

  boolean isEmpty() {
    return images.length == 0 && annotations == 0;
  }

  /** Gathers them in order. */
  static final class Builder {

    private static final int FEW = 16;

    private final int category;
    private final int[] positives = new int[AreaRange.values().length];
    private int annotations;
    private long[] images = new long[FEW];
    private int[] ends = new int[FEW];
    private int imageCount;
    private double[] scores = new double[FEW];
    private long[] matched = new long[FEW];
    private long[] ignored = new long[FEW];
    private int size;

    Builder(int category) {
      this.category = category;
    }

    void annotation(long ignoredAt) {
      annotations++;
      for (int a = 0; a < positives.length; a++) {
        positives[a] += Outcomes.ofArea(ignoredAt, a) == 0 ? 1 : 0;
      }
    }

    void detection(double score, long matchedAt, long ignoredAt) {
      if (size == scores.length) {
        scores = Arrays.copyOf(scores, 2 * size);
        matched = Arrays.copyOf(matched, 2 * size);
        ignored = Arrays.copyOf(ignored, 2 * size);
      }
      scores[size] = score;
      matched[size] = matchedAt;
      ignored[size] = ignoredAt;
      size++;
    }

    /** Ends an image with detections. */
    void image(long id) {
      if (imageCount == images.length) {
        images = Arrays.copyOf(images, 2 * imageCount);
        ends = Arrays.copyOf(ends, 2 * imageCount);
      }
      images[imageCount] = id;
      ends[imageCount] = size;
      imageCount++;
    }

    CategoryMatches build() {
      return new CategoryMatches(this);
    }
  }
}
