package org.equipoise.evaluation.classification;

import java.util.List;
import org.equipoise.api.stats.ShotGroup;

/**
 * The tally of each class, and the shot group it belongs to. Immutable.
 *
 * @param groups the group of each class, length K
 * @param tally the tally over the same K classes
 */
public record ShotTally(List<ShotGroup> groups, ClassTally tally) {

  /** Copies the groups and checks their number. */
  public ShotTally {
    groups = List.copyOf(groups);
    ClassAgreement.require("shot groups", groups.size(), tally.classes());
  }
}
