package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.loss.LossNeed;
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
   * @throws PlanException naming every stage with a part that is not defined for such data, or a
   *     loss that needs what no stage has
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
        problems.add(where(arm, planned) + e.getMessage());
      }
    }
    stages.forEach(
        stage -> needs(stage).ifPresent(n -> problems.add(where(arm, stage.planned()) + n)));
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return new BoundArm(arm, stages);
  }

  private static String where(ArmConfig arm, PlannedStage planned) {
    return "arm \"" + arm.id() + "\", stage \"" + planned.stage().name() + "\": ";
  }

  /** Says what a stage's loss needs and no stage has. */
  private static Optional<String> needs(Bound stage) {
    Set<LossNeed> needs = stage.parts().loss().needs();
    return needs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            stage.parts().stage().loss().typeName()
                + ": needs "
                + LossNeed.words(needs)
                + ", which the stages of a method do not have; it is for training loops of your own");
  }
}
