package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.training.BoundStage;

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
   * @param arms the arms
   * @param runs their runs, in the order of the plan; of each arm the first one is looked at
   * @param data their data
   * @return what was found, arm by arm and stage by stage
   */
  static List<Conflict> of(List<ArmConfig> arms, List<PlannedRun> runs, LabelledData data) {
    Map<String, ArmConfig> byId =
        arms.stream().collect(Collectors.toMap(ArmConfig::id, Function.identity()));
    WeightConflicts weights = new WeightConflicts();
    Set<String> seen = new HashSet<>();
    List<Conflict> found = new ArrayList<>();
    for (PlannedRun run : runs) {
      String arm = run.spec().arm();
      if (!seen.add(arm)) {
        continue;
      }
      for (PlannedStage stage : run.stages()) {
        List<Conflict> ofStage = new ArrayList<>();
        bound(stage, run, data)
            .ifPresent(
                parts -> {
                  ofStage.addAll(StageConflicts.of(arm, stage, parts));
                  ofStage.addAll(weights.with(arm, parts));
                });
        ofStage.stream().map(conflict -> accepted(conflict, byId.get(arm))).forEach(found::add);
      }
    }
    return found;
  }

  // What cannot be bound cannot be trained: the run fails, and says with what.
  private static Optional<BoundStage> bound(PlannedStage stage, PlannedRun run, LabelledData data) {
    try {
      return stage.bind(data, run.statistics());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Conflict accepted(Conflict conflict, ArmConfig arm) {
    boolean accepted = arm.accept().stream().anyMatch(kind -> kind.id().equals(conflict.kind()));
    return accepted ? conflict.accepted() : conflict;
  }
}
