package org.equipoise.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the official tools print, and what it is made of.
 *
 * @param evaluation whose rules were followed, and what was compared
 * @param figures the figures in [0, 1] by name, in the order of the official tool: {@code AP AP50
 *     AP75 APs APm APl}, by the rules of LVIS {@code APr APc APf}, then {@code AR} at the numbers
 *     of detections of the rules; what nothing was to be found for is empty
 * @param categories the categories that have something to be found, by ascending id
 * @param groups the ids of all categories of each frequency, ascending; empty by the rules of COCO
 * @param counts how many took part
 * @param outcomes true positives, false positives and ignored detections, by range of areas and
 *     threshold of overlap
 * @param findings what was passed over, and how often; what was not is absent
 */
public record DetectionResult(
    DetectionEvaluation evaluation,
    Map<String, OptionalDouble> figures,
    List<CategoryResult> categories,
    SortedMap<FrequencyGroup, List<Long>> groups,
    DetectionCounts counts,
    List<List<List<Long>>> outcomes,
    SortedMap<Finding, Long> findings) {

  private static final AreaRange[] AREAS = AreaRange.values();

  /** The first range of areas is the whole one. */
  private static final int ALL = 0;

  private static final int IOU_50 = 0;
  private static final int IOU_75 = 5;
  private static final int LVIS_LIMIT = 300;
  private static final int COCO_LIMIT = 100;

  static DetectionResult of(
      DetectionEvaluation evaluation,
      Categories categories,
      List<CategoryFigures> figures,
      List<Shard> shards) {
    Means means = new Means(categories, figures);
    Findings findings = new Findings();
    shards.forEach(shard -> findings.add(shard.findings()));
    return new DetectionResult(
        evaluation,
        figures(evaluation, means),
        categories(categories, figures),
        evaluation.rules() == DetectionRules.LVIS
            ? groups(categories)
            : Collections.emptySortedMap(),
        counts(figures, shards),
        outcomes(figures),
        findings.toMap());
  }

  private static Map<String, OptionalDouble> figures(DetectionEvaluation evaluation, Means means) {
    Map<String, OptionalDouble> named = new LinkedHashMap<>();
    named.put("AP", means.of(ALL, f -> mean(f.precision[ALL])));
    named.put("AP50", means.of(ALL, f -> f.precision[ALL][IOU_50]));
    named.put("AP75", means.of(ALL, f -> f.precision[ALL][IOU_75]));
    for (int i = ALL + 1; i < AREAS.length; i++) {
      int a = i;
      named.put("AP" + AREAS[a].suffix(), means.of(a, f -> mean(f.precision[a])));
    }
    boolean lvis = evaluation.rules() == DetectionRules.LVIS;
    if (lvis) {
      for (FrequencyGroup group : FrequencyGroup.values()) {
        named.put("AP" + group.label(), means.ofGroup(group, f -> mean(f.precision[ALL])));
      }
    } else {
      for (int m = 0; m < CategoryFigures.EARLY.length; m++) {
        int early = m;
        named.put(
            "AR@" + CategoryFigures.EARLY[m],
            means.of(ALL, f -> mean(f.early[early]) / f.positives[ALL]));
      }
    }
    String limit =
        evaluation.limit() == DetectionLimit.FIXED ? "" : "@" + (lvis ? LVIS_LIMIT : COCO_LIMIT);
    for (int i = ALL; i < AREAS.length; i++) {
      int a = i;
      named.put("AR" + AREAS[a].suffix() + limit, means.of(a, f -> mean(f.recall[a])));
    }
    return Collections.unmodifiableMap(named);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static List<CategoryResult> categories(
      Categories categories, List<CategoryFigures> figures) {
    List<CategoryResult> results = new ArrayList<>();
    for (int c = 0; c < figures.size(); c++) {
      CategoryFigures of = figures.get(c);
      if (of.positives[ALL] > 0) {
        SortedMap<AreaRange, Double> byArea = new TreeMap<>();
        for (int a = ALL + 1; a < AREAS.length; a++) {
          if (of.positives[a] > 0) {
            byArea.put(AREAS[a], mean(of.precision[a]));
          }
        }
        results.add(
            new CategoryResult(
                categories.list().get(c),
                of.positives[ALL],
                of.detections,
                mean(of.precision[ALL]),
                list(of.precision[ALL]),
                list(of.recall[ALL]),
                Collections.unmodifiableSortedMap(byArea)));
      }
    }
    return List.copyOf(results);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static SortedMap<FrequencyGroup, List<Long>> groups(Categories categories) {
    SortedMap<FrequencyGroup, List<Long>> groups = new TreeMap<>();
    for (FrequencyGroup group : FrequencyGroup.values()) {
      groups.put(
          group,
          categories.list().stream()
              .filter(category -> category.frequency().filter(group::equals).isPresent())
              .map(Category::id)
              .toList());
    }
    return Collections.unmodifiableSortedMap(groups);
  }

  private static DetectionCounts counts(List<CategoryFigures> figures, List<Shard> shards) {
    return new DetectionCounts(
        shards.stream().mapToLong(Shard::detectionsGiven).sum(),
        shards.stream().mapToLong(Shard::detectionsTaken).sum(),
        figures.stream().mapToLong(f -> f.detections).sum(),
        figures.stream().mapToLong(f -> f.annotations).sum(),
        IntStream.range(0, AREAS.length)
            .mapToObj(a -> figures.stream().mapToLong(f -> f.positives[a]).sum())
            .toList());
  }

  private static List<List<List<Long>>> outcomes(List<CategoryFigures> figures) {
    List<List<List<Long>>> all = new ArrayList<>();
    for (int area = 0; area < AREAS.length; area++) {
      List<List<Long>> byIou = new ArrayList<>();
      for (int iou = 0; iou < Thresholds.IOU_COUNT; iou++) {
        long[] sums = new long[3];
        for (CategoryFigures of : figures) {
          for (int i = 0; i < sums.length; i++) {
            sums[i] += of.outcomes[area][iou][i];
          }
        }
        byIou.add(Arrays.stream(sums).boxed().toList());
      }
      all.add(List.copyOf(byIou));
    }
    return List.copyOf(all);
  }

  /** Means over the categories that have something to be found. */
  private record Means(Categories categories, List<CategoryFigures> figures) {

    OptionalDouble of(int area, ToDoubleFunction<CategoryFigures> figure) {
      return of(area, figure, category -> true);
    }

    OptionalDouble ofGroup(FrequencyGroup group, ToDoubleFunction<CategoryFigures> figure) {
      return of(ALL, figure, c -> c.frequency().filter(group::equals).isPresent());
    }

    private OptionalDouble of(
        int area, ToDoubleFunction<CategoryFigures> figure, Predicate<Category> chosen) {
      return IntStream.range(0, figures.size())
          .filter(c -> figures.get(c).positives[area] > 0)
          .filter(c -> chosen.test(categories.list().get(c)))
          .mapToDouble(c -> figure.applyAsDouble(figures.get(c)))
          .average();
    }
  }
}
