package org.equipoise.evaluation.detection;

import java.util.Arrays;
import java.util.List;

/** Matches the detections of some images, a category at a time. */
final class Matching {

  private static final int COCO_LIMIT = 100;

  private final GroundTruth truth;
  private final Detections detections;
  private final DetectionRules rules;
  private final IouType type;
  private final DetectionShapes shapes;
  private final Grouping annotations;
  private final Grouping candidates;
  private final Findings findings = new Findings();

  /**
   * Drops what no category is charged with.
   *
   * @param selection which detections take part
   */
  Matching(
      GroundTruth truth,
      Detections detections,
      DetectionRules rules,
      IouType type,
      DetectionSelection selection) {
    this.truth = truth;
    this.detections = detections;
    this.rules = rules;
    this.type = type;
    shapes = DetectionShapes.of(detections, selection.first(), selection::has);
    annotations =
        Grouping.of(
            /* size= */ truth.annotationCount(),
            truth.categoryOf,
            truth.categories.size(),
            truth.imageOf,
            truth.imageCount(),
            i -> hasArea(truth.annotations.get(i).area()));
    candidates =
        Grouping.of(
            detections.size(),
            detections.category,
            truth.categories.size(),
            detections.image,
            truth.imageCount(),
            i -> selection.has(i) && detections.category[i] >= 0 && hasArea(shapes.area(i)));
    count(selection);
  }

  /** LVIS looks for areas above 0, among annotations and among detections. */
  private boolean hasArea(double area) {
    return rules == DetectionRules.COCO || (area > 0 && area < Double.POSITIVE_INFINITY);
  }

  private void count(DetectionSelection selection) {
    int unknown = 0;
    int unknownTaken = 0;
    int negative = 0;
    for (int i = 0; i < detections.size(); i++) {
      if (detections.category[i] < 0) {
        unknown++;
        unknownTaken += selection.has(i) ? 1 : 0;
      }
      negative += detections.hasBox(i) && detections.hasNegativeSide(i) ? 1 : 0;
    }
    findings.add(Finding.UNKNOWN_CATEGORY, unknown);
    findings.add(Finding.NEGATIVE_SIDE, negative);
    findings.add(Finding.OVER_LIMIT, detections.size() - selection.size());
    findings.add(Finding.EMPTY_DETECTION, selection.size() - unknownTaken - candidates.size());
    findings.add(Finding.STRAY_ANNOTATION, truth.strays);
    findings.add(Finding.EMPTY_ANNOTATION, truth.annotationCount() - annotations.size());
    findings.add(Finding.ID_ZERO, truth.annotations.stream().filter(a -> a.id() == 0).count());
  }

  /** Matches all categories. */
  Shard match(int threads, DetectionSelection selection) {
    List<OfCategory> all =
        Workers.map(threads, truth.categories.size(), category -> new OfCategory(category).match());
    for (OfCategory one : all) {
      findings.add(one.found);
    }
    return new Shard(
        truth.categories,
        truth.images,
        all.stream().map(one -> one.matches).filter(matches -> !matches.isEmpty()).toList(),
        detections.size(),
        selection.size(),
        findings);
  }

  /** One category, matched by one thread. */
  private final class OfCategory {

    private final int category;
    private final CategoryMatches.Builder builder;
    private final ByScore byScore = new ByScore();
    private final Findings found = new Findings();
    private final Overlaps overlaps = new Overlaps(truth, shapes, rules, type);
    private final long[] withIgnored = new long[1];
    private CategoryMatches matches;

    OfCategory(int category) {
      this.category = category;
      this.builder = new CategoryMatches.Builder(category);
    }

    OfCategory match() {
      int[] objects = annotations.places();
      int[] places = candidates.places();
      int object = annotations.start(category);
      int lastObject = annotations.end(category);
      for (int i = object; i < lastObject; i++) {
        builder.annotation(PairMatching.ignored(truth.annotations.get(objects[i]), rules));
      }
      int end = candidates.end(category);
      int next;
      for (int at = candidates.start(category); at < end; at = next) {
        int image = detections.image[places[at]];
        next = at + 1;
        while (next < end && detections.image[places[next]] == image) {
          next++;
        }
        while (object < lastObject && truth.imageOf[objects[object]] < image) {
          object++;
        }
        int objectEnd = object;
        while (objectEnd < lastObject && truth.imageOf[objects[objectEnd]] == image) {
          objectEnd++;
        }
        pair(image, places, at, next, Arrays.copyOfRange(objects, object, objectEnd));
        object = objectEnd;
      }
      found.add(Finding.OTHER_SIZE, overlaps.otherSizes());
      matches = builder.build();
      return this;
    }

    private void pair(int image, int[] places, int from, int to, int[] objects) {
      if (objects.length == 0 && !isVerified(image)) {
        found.add(Finding.UNVERIFIED, to - from);
        return;
      }
      byScore.sort(places, from, to, detections.score);
      int last = rules == DetectionRules.COCO ? Math.min(to, from + COCO_LIMIT) : to;
      found.add(Finding.OVER_LIMIT, to - last);
      PairMatching pair = null;
      if (objects.length > 0) {
        overlaps.compute(places, from, last, objects);
        pair = new PairMatching(overlaps, truth, rules, objects);
      }
      boolean exhaustive = rules == DetectionRules.COCO || !contains(truth.notExhaustive[image]);
      for (int i = from; i < last; i++) {
        int detection = places[i];
        withIgnored[0] = 0;
        long matched = pair == null ? 0 : pair.match(i - from, withIgnored);
        long harmless = exhaustive ? Outcomes.outside(shapes.area(detection)) : Outcomes.ALL;
        builder.detection(
            detections.score[detection], matched, withIgnored[0] | (harmless & ~matched));
      }
      builder.image(truth.images.get(image));
    }

    private boolean isVerified(int image) {
      return rules == DetectionRules.COCO || contains(truth.negative[image]);
    }

    private boolean contains(int[] categories) {
      return Arrays.binarySearch(categories, category) >= 0;
    }
  }
}
