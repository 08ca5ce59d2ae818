package org.equipoise.experiments.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RunFailure;

/** One run in a process of its own. */
final class ForkedRun {

  private final RunTask task;
  private final RunOptions options;
  private final WorkerPool workers;
  private final RunListener listener;
  private final RunFolder folder;
  private final Path log;
  private Optional<RunEvent> last = Optional.empty();

  ForkedRun(RunTask task, RunOptions options, WorkerPool workers, RunListener listener) {
    this.task = task;
    this.options = options;
    this.workers = workers;
    this.listener = listener;
    this.folder = new RunFolder(new ExperimentFolder(options.out()).run(task.run()));
    this.log = folder.log();
  }

  /** Runs the process to its end. */
  RunOutcome execute() {
    long logged = 0;
    try {
      Path config = folder.config();
      DurableFiles.write(config, task.config());
      logged = Files.exists(log) ? Files.size(log) : 0;
      Optional<Process> process =
          workers.start(WorkerCommand.of(config, options, task.threads(), log));
      if (process.isEmpty()) {
        return new RunOutcome.Stopped(task.run());
      }
      return outcome(exitCode(process.get()), logged);
    } catch (IOException e) {
      if (workers.isStopping()) {
        return new RunOutcome.Stopped(task.run());
      }
      return failed("the worker process could not be run: " + e, logged);
    }
  }

  private int exitCode(Process process) throws IOException {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Optional<RunEvent> event = EventJson.read(line);
        if (event.isPresent()) {
          last = event;
          listener.onEvent(task.run(), event.get());
        } else {
          Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
      return waitFor(process);
    } finally {
      // Whatever went wrong here, no process is left behind.
      process.destroyForcibly();
      workers.ended(process);
    }
  }

  // The thread of a slot is never interrupted; the pool ends the process instead.
  private static int waitFor(Process process) {
    return process.onExit().join().exitValue();
  }

  private RunOutcome outcome(int exitCode, long logged) {
    OutlinedRun run = task.run();
    if (exitCode == ExitCode.OK && last.filter(RunEvent.Done.class::isInstance).isPresent()) {
      return new RunOutcome.Completed(run);
    }
    boolean stopped = exitCode == ExitCode.STOPPED || exitCode == ExitCode.TERMINATED;
    if (stopped || workers.isStopping()) {
      return new RunOutcome.Stopped(run);
    }
    return failed(
        saidReason()
            .orElse("the worker process ended with exit code " + exitCode + guess(exitCode)),
        logged);
  }

  /** Returns why the worker itself says that it failed. */
  private Optional<String> saidReason() {
    return last.filter(RunEvent.Failed.class::isInstance)
        .map(event -> ((RunEvent.Failed) event).reason());
  }

  private String guess(int exitCode) {
    return switch (exitCode) {
      case ExitCode.OUT_OF_HEAP ->
          ": its Java heap of "
              + options.maxHeap()
              + " was full; allow a larger one with --max-heap";
      case ExitCode.ABORTED -> ": native code crashed; there may be an hs_err file";
      case ExitCode.KILLED -> ": it was killed; is there enough memory?";
      default -> "";
    };
  }

  private RunOutcome failed(String reason, long logged) {
    OutlinedRun run = task.run();
    List<String> tail = LogTail.of(log, logged);
    RunFailure failure = new RunFailure(run.runId(), run.arm(), run.seed(), reason, tail);
    try {
      RecordJson.write(folder.failure(), failure);
    } catch (IOException e) {
      failure =
          new RunFailure(
              run.runId(), run.arm(), run.seed(), reason + "; and not written down: " + e, tail);
    }
    if (saidReason().isEmpty()) {
      listener.onEvent(run, new RunEvent.Failed(reason));
    }
    return new RunOutcome.Failed(run, failure);
  }
}
