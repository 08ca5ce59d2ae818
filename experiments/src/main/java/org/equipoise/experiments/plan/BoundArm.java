package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.training.BoundStage;

/**
 * An arm with loss, sampler and weights bound as the training of its first run does; other seeds
 * bind alike.
 *
 * @param arm the arm
 * @param stages the stages that train something
 */
record BoundArm(ArmConfig arm, List<BoundArm.Bound> stages) {

  /**
   * A stage with its parts.
   *
   * @param planned the stage
   * @param parts its parts
   */
  record Bound(PlannedStage planned, BoundStage parts) {}

  /**
   * Binds an arm.
   *
   * @param arm the arm
   * @param run one of its runs
   * @param data the run's data
   * @throws PlanException naming every stage with a part that is not defined for such data
   */
  static BoundArm of(ArmConfig arm, PlannedRun run, LabelledData data) {
    List<Bound> stages = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (PlannedStage planned : run.stages()) {
      try {
        planned
            .bind(data, run.statistics())
            .ifPresent(parts -> stages.add(new Bound(planned, parts)));
      } catch (IllegalArgumentException e) {
        problems.add(
            "arm \""
                + arm.id()
                + "\", stage \""
                + planned.stage().name()
                + "\": "
                + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return new BoundArm(arm, stages);
  }
}
