package org.equipoise.evaluation.classification;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.api.stats.TrainStatistics;

/** The shot group of each class, and figures by group. */
final class ShotGroups {

  private ShotGroups() {}

  static List<ShotGroup> of(TrainStatistics train) {
    ClassCounts images = train.images().orElse(train.instances());
    return IntStream.range(0, train.classes())
        .mapToObj(c -> ShotGroup.of(images.count(c)))
        .toList();
  }

  static void requireSame(String who, List<ShotGroup> a, List<ShotGroup> b) {
    if (!a.equals(b)) {
      throw new IllegalArgumentException(
          who + ": cannot merge states whose classes are in different shot groups");
    }
  }

  /** Adds {@code many}, {@code medium} and {@code few}: a figure of the classes of each. */
  static Figures addTo(
      Figures figures, List<ShotGroup> groups, Function<IntPredicate, OptionalDouble> figureOf) {
    for (ShotGroup group : ShotGroup.values()) {
      figures.scalar(
          group.name().toLowerCase(Locale.ROOT), figureOf.apply(c -> groups.get(c) == group));
    }
    return figures;
  }
}
