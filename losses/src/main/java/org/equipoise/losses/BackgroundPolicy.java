package org.equipoise.losses;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.TrainStatistics;

/**
 * How the regions of a detector that hold no object enter a loss.
 *
 * <p>It decides what the logits look like, and what a loss that corrects for the class prior takes
 * for the prior of background.
 */
public sealed interface BackgroundPolicy {

  /**
   * No background output: K logits, one sigmoid a class, and background is negative for all. For
   * losses that take {@code Regions} themselves.
   */
  record None() implements BackgroundPolicy {}

  /**
   * One column more, (N, K + 1), whose prior is that of a mean class: classes are rebalanced
   * against each other and not against background. For losses of one class an example.
   */
  record UnshiftedColumn() implements BackgroundPolicy {}

  /**
   * One column more, (N, K + 1), whose prior is its share of the regions: background is rebalanced
   * too, so that at test time it is as likely as any one class. For losses of one class an example.
   *
   * @param share the share of background among the regions trained on, in (0, 1)
   */
  record LogPriorColumn(double share) implements BackgroundPolicy {

    /** Creates the column for 3 background regions an object, as detectors sample: 0.75. */
    public LogPriorColumn() {
      this(0.75);
    }

    /** Checks the range. */
    public LogPriorColumn {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share: must be in (0, 1), was " + share);
      }
    }
  }

  /**
   * A branch of its own: K logits that only objects are trained on, and (N, 2) objectness logits,
   * foreground first, whose cross-entropy is added for every row. For losses of one class an
   * example.
   */
  record ObjectnessBranch() implements BackgroundPolicy {}

  /**
   * Returns the statistics that a loss with this background is bound to.
   *
   * <p>Counts are multiplied by K where that makes the mean class's a whole number: to a class
   * prior only their ratios matter. What a sampler draws is of objects; background gets the same
   * share of it.
   *
   * @param objects statistics of the K classes
   * @return of K or K + 1 classes, the last one background
   */
  default TrainStatistics withBackground(TrainStatistics objects) {
    long[] counts = objects.instances().toArray();
    long total = objects.instances().total();
    if (this instanceof UnshiftedColumn) {
      long[] scaled =
          Arrays.stream(counts).map(n -> Math.multiplyExact(n, counts.length)).toArray();
      return with(scaled, total, objects.sampled(), 1.0 / (counts.length + 1));
    } else if (this instanceof LogPriorColumn column) {
      double background = total * column.share() / (1 - column.share());
      return with(counts, Math.max(1, Math.round(background)), objects.sampled(), column.share());
    }
    return objects;
  }

  /** Returns whether background is a column of the logits. */
  default boolean hasColumn() {
    return this instanceof UnshiftedColumn || this instanceof LogPriorColumn;
  }

  private static TrainStatistics with(
      long[] counts, long background, Optional<ClassPrior> sampled, double share) {
    long[] all = LongStream.concat(Arrays.stream(counts), LongStream.of(background)).toArray();
    TrainStatistics statistics = TrainStatistics.of(ClassCounts.of(all));
    return sampled.map(prior -> statistics.withSampled(with(prior, share))).orElse(statistics);
  }

  private static ClassPrior with(ClassPrior objects, double background) {
    DoubleStream classes = Arrays.stream(objects.toArray()).map(p -> p * (1 - background));
    return ClassPrior.of(DoubleStream.concat(classes, DoubleStream.of(background)).toArray());
  }
}
