package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.equipoise.cli.StudyOptions.Study;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.run.PlanStatus;
import org.equipoise.experiments.run.PlanStatus.RunStatus;
import org.equipoise.experiments.run.RunOptions;
import org.equipoise.experiments.run.RunOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs what of a study is not done, and reports. */
@Command(
    name = "run",
    description = {
      "Run a study and write its report.",
      "What is done already is kept; what was interrupted goes on where it was."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise run configs/quickstart.yaml",
      "  equipoise run configs/quickstart.yaml training.epochs=30 --out runs/longer",
      "  equipoise run study.yaml --plugins plugins --jobs 2",
      "  equipoise run configs/inaturalist18/resnet50.yaml --max-heap 4g"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private StudyOptions options;

  @Mixin private WorkerOptions workers;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = {
        "How many runs at a time; by default one for every",
        "core that the runs' threads leave. No result",
        "depends on it."
      })
  private Integer jobs;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    return options.withStudy(this::run);
  }

  private int run(Study study) throws Exception {
    RunOptions where = where(study);
    PlanStatus before = PlanStatus.of(study.plan(), study.data(), study.folder());
    announce(study, before, where);
    Farewell farewell = new Farewell();
    try {
      return conclude(study.folder(), execute(study, before, where));
    } finally {
      farewell.over();
    }
  }

  private RunOptions where(Study study) {
    int cores = Runtime.getRuntime().availableProcessors();
    int atOnce = jobs == null ? Math.max(1, cores / study.plan().config().threads()) : jobs;
    if (atOnce < 1) {
      throw new UsageException("--jobs: expected >= 1, got " + atOnce);
    }
    return workers.of(
        study.folder().root().toAbsolutePath().normalize(),
        options.dataFolder(),
        options.plugins().folder(),
        atOnce);
  }

  private void announce(Study study, PlanStatus before, RunOptions where) {
    PrintWriter err = spec.commandLine().getErr();
    before.runs().stream()
        .filter(run -> run.outdated().isPresent())
        .forEach(
            run -> err.println(PlanText.label(run) + " is run again: " + run.outdated().get()));
    ConflictLines.inFull(study.plan().conflicts()).forEach(err::println);
    long done = before.runs().stream().filter(RunStatus::done).count();
    err.printf(
        "%s: %d runs, %d done already, %d at a time, in %s%n",
        study.plan().config().name(),
        before.runs().size(),
        done,
        where.jobs(),
        study.folder().root());
    err.flush();
  }

  private List<RunOutcome> execute(Study study, PlanStatus before, RunOptions where)
      throws Exception {
    return new WatchedRuns(terminal, spec.commandLine().getErr())
        .execute(study.execution(), study.plan(), study.data(), before, where);
  }

  private int conclude(ExperimentFolder folder, List<RunOutcome> outcomes) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    long stopped = outcomes.stream().filter(RunOutcome.Stopped.class::isInstance).count();
    if (stopped > 0) {
      err.printf(
          "Stopped with %d of %d runs left; checkpoints are written. To go on, give the same"
              + " command again.%n",
          stopped, outcomes.size());
      err.flush();
      return ExitCodes.STOPPED;
    }
    List<RunOutcome.Failed> failed = new ArrayList<>();
    for (RunOutcome outcome : outcomes) {
      if (outcome instanceof RunOutcome.Failed failure) {
        failed.add(failure);
      }
    }
    for (RunOutcome.Failed failure : failed) {
      err.println(
          FailureText.of(
              failure.run().arm() + "/" + failure.run().seed(),
              failure.failure().reason(),
              folder.run(failure.run()).resolve("log.txt")));
    }
    err.flush();
    ReportOutput.write(folder, spec.commandLine().getOut());
    return failed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
