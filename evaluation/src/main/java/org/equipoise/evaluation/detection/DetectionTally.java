package org.equipoise.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the detections of some images fared: what merges with those of other images. Immutable.
 *
 * <p>24 bytes a detection.
 */
public final class DetectionTally {

  private final DetectionEvaluation evaluation;
  private final List<Shard> shards;

  DetectionTally(DetectionEvaluation evaluation, List<Shard> shards) {
    this.evaluation = evaluation;
    this.shards = shards;
  }

  /**
   * Adds other images.
   *
   * @param other a tally by the same rules, of other images of the same data set
   * @return the tally of all images; in whatever order they are added, the result is the same
   * @throws IllegalArgumentException if rules or categories differ, or the limit is of the whole
   *     data set
   */
  public DetectionTally plus(DetectionTally other) {
    if (!evaluation.equals(other.evaluation)) {
      throw new IllegalArgumentException(
          "tally: cannot merge " + evaluation + " with " + other.evaluation);
    }
    if (shards.isEmpty()) {
      return other;
    }
    if (other.shards.isEmpty()) {
      return this;
    }
    if (evaluation.limit() == DetectionLimit.FIXED) {
      throw new IllegalArgumentException(
          "tally: the best detections of a data set cannot be told from those of its parts");
    }
    if (!categories().equals(other.categories())) {
      throw new IllegalArgumentException("tally: cannot merge those of different categories");
    }
    List<Shard> both = new ArrayList<>(shards);
    both.addAll(other.shards);
    return new DetectionTally(evaluation, both);
  }

  /** Returns the categories of the data set; none before the first image. */
  Categories categories() {
    return shards.isEmpty() ? Categories.of(List.of()) : shards.get(0).categories();
  }

  /**
   * Computes the figures of all images so far.
   *
   * @return the result
   * @throws IllegalArgumentException if an image was tallied twice
   */
  public DetectionResult result() {
    requireDistinctImages();
    List<List<CategoryMatches>> byCategory = new ArrayList<>();
    for (int c = 0; c < categories().size(); c++) {
      byCategory.add(new ArrayList<>());
    }
    for (Shard shard : shards) {
      for (CategoryMatches matches : shard.matches()) {
        byCategory.get(matches.category).add(matches);
      }
    }
    List<CategoryFigures> figures =
        Workers.map(
            evaluation.threads(),
            byCategory.size(),
            c -> CategoryFigures.of(byCategory.get(c), evaluation.rules()));
    return DetectionResult.of(evaluation, categories(), figures, shards);
  }

  private void requireDistinctImages() {
    long[] ids = shards.stream().flatMapToLong(shard -> shard.images().stream()).toArray();
    Arrays.sort(ids);
    Ids.duplicate(ids)
        .ifPresent(
            id -> {
              throw new IllegalArgumentException("tally: image " + id + " is in it twice");
            });
  }
}
