package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.record.Conflict;

/**
 * Finds parts that work against each other, or against a fair comparison of arms.
 *
 * <p>What a part does is not known by its name: it is bound as in training, and asked for numbers.
 * So a third party's part is checked like any other, as far as it says what it does.
 */
final class Conflicts {

  private Conflicts() {}

  /**
   * Checks the arms of an experiment.
   *
   * @param arms the arms, in the order of the plan
   * @return what was found, arm by arm and stage by stage
   */
  static List<Conflict> of(List<BoundArm> arms) {
    WeightConflicts weights = new WeightConflicts();
    List<Conflict> found = new ArrayList<>();
    for (BoundArm bound : arms) {
      String arm = bound.arm().id();
      for (BoundArm.Bound stage : bound.stages()) {
        List<Conflict> ofStage =
            new ArrayList<>(StageConflicts.of(arm, stage.planned(), stage.parts()));
        ofStage.addAll(weights.with(arm, stage.parts()));
        ofStage.stream().map(conflict -> accepted(conflict, bound.arm())).forEach(found::add);
      }
    }
    return found;
  }

  private static Conflict accepted(Conflict conflict, ArmConfig arm) {
    boolean accepted = arm.accept().stream().anyMatch(kind -> kind.id().equals(conflict.kind()));
    return accepted ? conflict.accepted() : conflict;
  }
}
