package org.equipoise.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.PlannedStage;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.ExperimentOutline;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.stage.StageKey;

/** Executes plans: what is done stays, the rest is run. */
public final class ExperimentExecution {

  private final ObjectMapper mapper;

  /**
   * Executes plans of registered parts.
   *
   * @param mapper a mapper that knows the parts
   */
  @Inject
  public ExperimentExecution(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Executes a plan.
   *
   * <p>A run is not run again if its record is there and data and code are what they were. Where
   * they are not, it is run again, and the listener hears why.
   *
   * @param plan the plan
   * @param data the data set of the plan, read
   * @param executor executes the runs that are not done
   * @param options where and how
   * @param listener hears how they go
   * @return how each run ended, in the order of the plan
   * @throws IOException if the folder of the experiment cannot be written
   * @throws InterruptedException if this thread was interrupted; all runs have stopped then
   */
  public List<RunOutcome> execute(
      ExperimentPlan plan,
      LabelledData data,
      RunExecutor executor,
      RunOptions options,
      RunListener listener)
      throws IOException, InterruptedException {
    ExperimentFolder folder = new ExperimentFolder(options.out());
    List<OutlinedRun> runs = plan.runs().stream().map(RunModule::outlined).toList();
    RecordJson.write(
        folder.outline(),
        new ExperimentOutline(
            plan.config().name(), plan.config().baseline(), runs, plan.conflicts()));
    Map<OutlinedRun, RunOutcome> outcomes = new HashMap<>();
    List<RunTask> tasks = new ArrayList<>();
    for (PlannedRun planned : plan.runs()) {
      OutlinedRun run = RunModule.outlined(planned);
      RecordCheck check = RecordCheck.of(folder.run(run), planned, data);
      if (check instanceof RecordCheck.Holds) {
        listener.onEvent(run, new RunEvent.Reused());
        outcomes.put(run, new RunOutcome.Reused(run));
        continue;
      }
      if (check instanceof RecordCheck.Outdated outdated) {
        listener.onEvent(run, new RunEvent.Outdated(outdated.reason()));
      }
      tasks.add(task(planned, run));
    }
    for (RunOutcome outcome : executor.execute(tasks, options, listener)) {
      outcomes.put(outcome.run(), outcome);
    }
    return runs.stream().map(outcomes::get).toList();
  }

  private RunTask task(PlannedRun planned, OutlinedRun run) throws JsonProcessingException {
    return new RunTask(
        run,
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(planned.spec()) + "\n",
        planned.spec().threads(),
        planned.stages().stream().map(PlannedStage::key).map(StageKey::value).toList());
  }
}
