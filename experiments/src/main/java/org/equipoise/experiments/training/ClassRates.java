package org.equipoise.experiments.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ShotGroup;

/**
 * How the classes share the draws of a learned sampler, in a form that stays small.
 *
 * @param groups the share of draws of each shot group that has classes: {@code many}, {@code
 *     medium}, {@code few}; they sum to 1
 * @param classes the share of each class; empty above {@value #MOST_CLASSES} classes
 * @param quantiles minimum, quartiles and maximum over the classes of the share times the number of
 *     classes, which is 1 for every class where draws are class-balanced
 */
public record ClassRates(
    SortedMap<String, Double> groups, List<Double> classes, List<Double> quantiles) {

  /** Above so many classes, no share of a single one is written down. */
  public static final int MOST_CLASSES = 100;

  private static final int QUARTERS = 4;

  /** Copies the collections. */
  public ClassRates {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    classes = List.copyOf(classes);
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Sums up a distribution.
   *
   * @param probabilities the probability of each class in a draw
   * @param published the counts that shot groups go by
   */
  static ClassRates of(double[] probabilities, ClassCounts published) {
    SortedMap<String, Double> groups = new TreeMap<>();
    for (int c = 0; c < probabilities.length; c++) {
      String group = ShotGroup.of(published.count(c)).name().toLowerCase(Locale.ROOT);
      groups.merge(group, probabilities[c], Double::sum);
    }
    List<Double> classes = Arrays.stream(probabilities).boxed().toList();
    return new ClassRates(
        groups, classes.size() > MOST_CLASSES ? List.of() : classes, quantiles(probabilities));
  }

  private static List<Double> quantiles(double[] probabilities) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    List<Double> quantiles = new ArrayList<>();
    for (int quarter = 0; quarter <= QUARTERS; quarter++) {
      int at = (int) Math.round(quarter * (sorted.length - 1.0) / QUARTERS);
      quantiles.add(sorted[at] * sorted.length);
    }
    return quantiles;
  }
}
