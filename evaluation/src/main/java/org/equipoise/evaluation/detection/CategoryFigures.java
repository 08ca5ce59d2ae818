package org.equipoise.evaluation.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Precision and recall of one category, by range of areas and threshold of overlap.
 *
 * <p>Only true positives raise recall, so only there can precision be asked for; the detections
 * between them are no more than counted.
 */
final class CategoryFigures {

  /** After how many detections of an image COCO looks at recall, besides all 100. */
  static final int[] EARLY = {1, 10};

  private static final int AREAS = AreaRange.values().length;
  private static final int IOUS = Thresholds.IOU_COUNT;

  /** {@code np.spacing(1)}: keeps a share of nothing from being undefined. */
  private static final double EPSILON = Math.ulp(1.0);

  final int[] positives = new int[AREAS];
  final long[][][] outcomes = new long[AREAS][IOUS][3];

  /** Means of the precision over recall thresholds; meaningless without positives. */
  final double[][] precision = new double[AREAS][IOUS];

  final double[][] recall = new double[AREAS][IOUS];

  /** Recall after {@link #EARLY} detections of each image, over all areas. */
  final double[][] early = new double[EARLY.length][IOUS];

  long annotations;
  long detections;

  private CategoryFigures() {}

  /** Computes them from the category's part in each shard. */
  static CategoryFigures of(List<CategoryMatches> parts, DetectionRules rules) {
    CategoryFigures figures = new CategoryFigures();
    for (CategoryMatches part : parts) {
      figures.annotations += part.annotations;
      figures.detections += part.scores.length;
      for (int a = 0; a < AREAS; a++) {
        figures.positives[a] += part.positives[a];
      }
    }
    Ranking ranking = Ranking.of(parts);
    for (int a = 0; a < AREAS; a++) {
      figures.sweep(ranking, a);
    }
    if (rules == DetectionRules.COCO && figures.positives[0] > 0) {
      for (CategoryMatches part : parts) {
        figures.countEarly(part);
      }
    }
    return figures;
  }

  /** Goes through the detections once, for all thresholds of overlap. */
  private void sweep(Ranking ranking, int area) {
    long[][] tallies = outcomes[area];
    int[][] falseAtTrue = new int[IOUS][positives[area]];
    int[] trues = new int[IOUS];
    int[] falses = new int[IOUS];
    int falseAtAll = 0;
    for (int place : ranking.places) {
      int matched = Outcomes.ofArea(ranking.matched[place], area);
      int counted = ~Outcomes.ofArea(ranking.ignored[place], area) & Outcomes.OF_AREA;
      int falseAt = ~matched & counted;
      if (falseAt == Outcomes.OF_AREA) {
        falseAtAll++;
        continue;
      }
      for (int rest = falseAt; rest != 0; rest &= rest - 1) {
        falses[Integer.numberOfTrailingZeros(rest)]++;
      }
      for (int rest = matched & counted; rest != 0; rest &= rest - 1) {
        int t = Integer.numberOfTrailingZeros(rest);
        falseAtTrue[t][trues[t]++] = falses[t] + falseAtAll;
      }
    }
    for (int t = 0; t < IOUS; t++) {
      int wrong = falses[t] + falseAtAll;
      tallies[t][0] = trues[t];
      tallies[t][1] = wrong;
      tallies[t][2] = (long) ranking.places.length - trues[t] - wrong;
      if (positives[area] > 0) {
        recall[area][t] = (double) trues[t] / positives[area];
        precision[area][t] = meanPrecision(falseAtTrue[t], trues[t], positives[area]);
      }
    }
  }

  /** The mean over recall thresholds of the best precision at that recall or a higher one. */
  private static double meanPrecision(int[] falseAtTrue, int trues, int positives) {
    double[] best = new double[trues];
    double right = 0;
    for (int i = trues - 1; i >= 0; i--) {
      double found = i + 1;
      right = Math.max(right, found / (falseAtTrue[i] + found + EPSILON));
      best[i] = right;
    }
    double sum = 0;
    int at = 0;
    for (int r = 0; r < Thresholds.RECALL_COUNT; r++) {
      while (at < trues && (double) (at + 1) / positives < Thresholds.recall(r)) {
        at++;
      }
      if (at == trues) {
        break;
      }
      sum += best[at];
    }
    return sum / Thresholds.RECALL_COUNT;
  }

  private void countEarly(CategoryMatches part) {
    for (int image = 0; image < part.images.length; image++) {
      for (int i = part.start(image); i < part.ends[image]; i++) {
        int found = Outcomes.ofArea(part.matched[i], 0) & ~Outcomes.ofArea(part.ignored[i], 0);
        for (int m = 0; m < EARLY.length; m++) {
          if (i - part.start(image) < EARLY[m]) {
            for (int rest = found; rest != 0; rest &= rest - 1) {
              early[m][Integer.numberOfTrailingZeros(rest)]++;
            }
          }
        }
      }
    }
  }

  /**
   * The detections of a category by falling score, of equal ones those of the lower image first.
   */
  private record Ranking(int[] places, long[] matched, long[] ignored) {

    static Ranking of(List<CategoryMatches> parts) {
      int size = parts.stream().mapToInt(part -> part.scores.length).sum();
      double[] scores;
      long[] matched;
      long[] ignored;
      if (parts.size() == 1) {
        scores = parts.get(0).scores;
        matched = parts.get(0).matched;
        ignored = parts.get(0).ignored;
      } else {
        scores = new double[size];
        matched = new long[size];
        ignored = new long[size];
        int at = 0;
        for (Run run : byImage(parts)) {
          int length = run.to - run.from;
          System.arraycopy(run.part.scores, run.from, scores, at, length);
          System.arraycopy(run.part.matched, run.from, matched, at, length);
          System.arraycopy(run.part.ignored, run.from, ignored, at, length);
          at += length;
        }
      }
      int[] places = IntStream.range(0, size).toArray();
      new ByScore().sort(places, 0, size, scores);
      return new Ranking(places, matched, ignored);
    }

    private static List<Run> byImage(List<CategoryMatches> parts) {
      List<Run> runs = new ArrayList<>();
      for (CategoryMatches part : parts) {
        for (int image = 0; image < part.images.length; image++) {
          runs.add(new Run(part.images[image], part, part.start(image), part.ends[image]));
        }
      }
      runs.sort(Comparator.comparingLong(Run::image));
      return runs;
    }
  }

  /** The detections of one image. */
  private record Run(long image, CategoryMatches part, int from, int to) {}
}
