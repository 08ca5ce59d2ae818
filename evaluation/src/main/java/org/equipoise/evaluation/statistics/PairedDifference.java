package org.equipoise.evaluation.statistics;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The difference of one figure between two arms, seed by seed.
 *
 * <p>Runs of one seed share data order and initial weights, so their differences vary less than the
 * figures themselves do.
 *
 * @param seeds the seeds that both arms have, ascending; what the difference is over
 * @param difference arm minus baseline over those seeds, in the unit of the figure
 */
public record PairedDifference(List<Long> seeds, SampleSummary difference) {

  /** Copies the seeds and checks their number. */
  public PairedDifference {
    seeds = List.copyOf(seeds);
    if (seeds.size() != difference.n()) {
      throw new IllegalArgumentException(
          "seeds: must be as many as differences, " + difference.n() + ", are " + seeds.size());
    }
  }

  /**
   * Compares an arm with a baseline over the seeds that both have.
   *
   * @param arm the arm's figure by seed, all finite; a seed without the figure is left out
   * @param baseline the baseline's figure by seed, likewise
   * @return the difference; empty if the arms have no seed in common
   * @throws IllegalArgumentException if a figure is not finite
   */
  public static Optional<PairedDifference> of(Map<Long, Double> arm, Map<Long, Double> baseline) {
    List<Long> common = arm.keySet().stream().filter(baseline::containsKey).sorted().toList();
    if (common.isEmpty()) {
      return Optional.empty();
    }
    double[] differences =
        common.stream().mapToDouble(seed -> arm.get(seed) - baseline.get(seed)).toArray();
    return Optional.of(new PairedDifference(common, SampleSummary.of(differences)));
  }
}
