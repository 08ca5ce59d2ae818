package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.data.LabelledData;
import org.equipoise.cli.Progress.StageWork;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.run.ExperimentExecution;
import org.equipoise.experiments.run.ForkedRunExecutor;
import org.equipoise.experiments.run.PlanStatus;
import org.equipoise.experiments.run.PlanStatus.RunStatus;
import org.equipoise.experiments.run.RunOptions;
import org.equipoise.experiments.run.RunOutcome;

/** Executes the runs of a plan that are not done, and shows how they go. */
final class WatchedRuns {

  private final Terminal terminal;
  private final PrintWriter err;

  WatchedRuns(Terminal terminal, PrintWriter err) {
    this.terminal = terminal;
    this.err = err;
  }

  List<RunOutcome> execute(
      ExperimentExecution execution,
      ExperimentPlan plan,
      LabelledData data,
      PlanStatus before,
      RunOptions where)
      throws Exception {
    List<RunStatus> open = before.runs().stream().filter(run -> !run.done()).toList();
    List<StageWork> work = new ArrayList<>();
    open.forEach(
        run ->
            run.stages().stream()
                .filter(stage -> !stage.cached())
                .forEach(stage -> work.add(new StageWork(stage.key(), stage.epochs()))));
    Progress progress = new Progress(work, open.size(), System::nanoTime);
    try (ProgressView view = view(plan.config().name(), progress)) {
      return execution.execute(
          plan, data, new ForkedRunExecutor(), where, new RunProgress(progress, view));
    }
  }

  private ProgressView view(String experiment, Progress progress) {
    boolean watched = terminal.err() && progress.runs() > 0;
    return watched ? new BarProgress(experiment) : new LineProgress(err);
  }
}
