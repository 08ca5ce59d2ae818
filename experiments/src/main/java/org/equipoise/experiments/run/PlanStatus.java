package org.equipoise.experiments.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.PlannedStage;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.stage.StageCache;

/**
 * What of a plan is there already.
 *
 * @param runs every run, in the order of the plan
 */
public record PlanStatus(List<RunStatus> runs) {

  /** Copies the list. */
  public PlanStatus {
    runs = List.copyOf(runs);
  }

  /**
   * Looks at what is there, and changes nothing.
   *
   * @param plan the plan
   * @param data the data set of the plan, read
   * @param folder the folder of the experiment; it need not exist
   * @return the status of every run
   * @throws IOException if a folder cannot be read
   */
  public static PlanStatus of(ExperimentPlan plan, LabelledData data, ExperimentFolder folder)
      throws IOException {
    StageCache cache = new StageCache(folder.stages());
    Map<String, String> trainedBy = new HashMap<>();
    List<RunStatus> runs = new ArrayList<>();
    for (PlannedRun run : plan.runs()) {
      RecordCheck check = RecordCheck.of(folder.run(RunModule.outlined(run)), run, data);
      List<StageStatus> stages = new ArrayList<>();
      for (PlannedStage stage : run.stages()) {
        String key = stage.key().value();
        Optional<String> other = Optional.ofNullable(trainedBy.putIfAbsent(key, run.label()));
        stages.add(
            new StageStatus(
                stage.stage().name(),
                key,
                stage.epochs(),
                cache.contains(key),
                other.filter(label -> !label.equals(run.label())),
                cache.stepsDone(key)));
      }
      Optional<String> outdated =
          check instanceof RecordCheck.Outdated found
              ? Optional.of(found.reason())
              : Optional.empty();
      boolean done = check instanceof RecordCheck.Holds;
      runs.add(
          new RunStatus(run.runId(), run.spec().arm(), run.spec().seed(), done, outdated, stages));
    }
    return new PlanStatus(runs);
  }

  /**
   * One run.
   *
   * @param runId its id
   * @param arm its arm
   * @param seed its seed
   * @param done whether its record is there and holds
   * @param outdated why its record does not hold, if there is one that does not
   * @param stages its stages, in order
   */
  public record RunStatus(
      String runId,
      String arm,
      long seed,
      boolean done,
      Optional<String> outdated,
      List<StageStatus> stages) {

    /** Copies the list. */
    public RunStatus {
      stages = List.copyOf(stages);
    }
  }

  /**
   * One stage of a run.
   *
   * @param name its name
   * @param key its key
   * @param epochs its length
   * @param cached whether it is trained
   * @param sharedWith the first run of the plan that needs the same stage, as {@code arm/seed}, if
   *     that is another one
   * @param stepsDone the steps of its newest checkpoint, if it was begun
   */
  public record StageStatus(
      String name,
      String key,
      int epochs,
      boolean cached,
      Optional<String> sharedWith,
      OptionalLong stepsDone) {}
}
