package org.equipoise.experiments.report;

import java.util.List;
import java.util.Optional;

/**
 * Arms that may be ranked beside each other.
 *
 * @param pretrained what was trained before all of their runs; empty if nothing was
 * @param arms at least one, in the order of the report
 */
public record ArmGroup(Optional<String> pretrained, List<ArmSummary> arms) {

  /** Copies the list. */
  public ArmGroup {
    arms = List.copyOf(arms);
  }

  /**
   * Names the group for people.
   *
   * @return what was trained before, or that nothing was
   */
  public String title() {
    return pretrained.map(what -> "Pretrained: " + what).orElse("From scratch");
  }

  boolean has(String arm) {
    return arms.stream().anyMatch(summary -> summary.arm().equals(arm));
  }
}
