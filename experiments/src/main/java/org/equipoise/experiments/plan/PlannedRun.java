package org.equipoise.experiments.plan;

import java.util.List;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A run with its stages.
 *
 * @param spec the run
 * @param runId the first 16 hex digits of the SHA-256 of {@code spec}, without the names of
 *     experiment and arm
 * @param statistics the statistics of what is trained on
 * @param stages the stages, in order; the model of the last one is evaluated
 */
public record PlannedRun(
    RunSpec spec, String runId, TrainStatistics statistics, List<PlannedStage> stages) {

  /** Copies the list. */
  public PlannedRun {
    stages = List.copyOf(stages);
  }

  /**
   * Names the run for people.
   *
   * @return arm and seed: {@code softmax/1}
   */
  public String label() {
    return spec.arm() + "/" + spec.seed();
  }
}
