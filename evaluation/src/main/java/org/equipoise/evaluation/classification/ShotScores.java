package org.equipoise.evaluation.classification;

import java.util.List;
import org.equipoise.api.stats.ShotGroup;

/**
 * The scores of all examples seen, their labels, and the shot group of each class. Immutable.
 *
 * @param groups the group of each class, length K
 * @param scores the scores for the same K classes
 */
public record ShotScores(List<ShotGroup> groups, ScoredLabels scores) {

  /** Copies the groups and checks their number. */
  public ShotScores {
    groups = List.copyOf(groups);
    ClassAgreement.require("shot groups", groups.size(), scores.classes());
  }
}
