package org.equipoise.experiments.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.registry.Plugins;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.TrainingStopped;
import org.equipoise.experiments.wiring.EquipoiseModule;

/**
 * A process that does one run.
 *
 * <p>Arguments: the file of the resolved run, the folder of the experiment, the folder of data
 * sets, and the folder of plug-ins if there is one. Standard output carries events, one JSON object
 * a line; standard error is the log. Exit codes: 0 done, 1 failed, 2 wrong arguments, 130 stopped.
 *
 * <p>Asked to end (SIGINT or SIGTERM), or once the process that started it is gone, the worker
 * writes a checkpoint and stops.
 */
public final class RunWorker {

  /** How long a stop waits for the step at hand and the checkpoint. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final String OWN_PACKAGES = "org.equipoise.";
  private static final int FEWEST_ARGUMENTS = 3;

  private final Path config;
  private final Path out;
  private final Path dataFolder;
  private final Optional<Path> plugins;
  private final WorkerOutput output;
  private final StopSignal stop;

  private RunWorker(String[] arguments, WorkerOutput output, StopSignal stop) {
    this.config = Path.of(arguments[0]);
    this.out = Path.of(arguments[1]);
    this.dataFolder = Path.of(arguments[2]);
    this.plugins =
        arguments.length > FEWEST_ARGUMENTS
            ? Optional.of(Path.of(arguments[FEWEST_ARGUMENTS]))
            : Optional.empty();
    this.output = output;
    this.stop = stop;
  }

  /**
   * Does the run.
   *
   * @param arguments as said above
   */
  public static void main(String[] arguments) {
    PrintStream events =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // Whatever else prints must not get between the events.
    System.setOut(System.err);
    if (arguments.length < FEWEST_ARGUMENTS || arguments.length > FEWEST_ARGUMENTS + 1) {
      System.err.println("arguments: CONFIG OUT DATA [PLUGINS]");
      System.exit(ExitCode.USAGE);
    }
    StopSignal stop = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopBeforeExit(stop), "stop"));
    ProcessHandle.current().parent().ifPresent(RunWorker::stopWith);
    WorkerOutput output = new WorkerOutput(events, System.err, Clock.systemUTC());
    int code = new RunWorker(arguments, output, stop).run();
    stop.ended(code);
    System.exit(code);
  }

  private static void stopWith(ProcessHandle parent) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              System.exit(ExitCode.STOPPED);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void stopBeforeExit(StopSignal stop) {
    if (stop.exitCode().isPresent()) {
      return;
    }
    stop.request();
    try {
      stop.awaitQuiet(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without this the process would say how it was killed, not that all is well.
    Runtime.getRuntime().halt(stop.exitCode().orElse(ExitCode.STOPPED));
  }

  private int run() {
    try {
      if (plugins.isPresent()) {
        try (Plugins opened = Plugins.open(plugins.get())) {
          run(Registry.load(opened.loader()));
        }
      } else {
        run(Registry.load(RunWorker.class.getClassLoader()));
      }
      return ExitCode.OK;
    } catch (TrainingStopped e) {
      output.say(new RunEvent.Stopped());
      return ExitCode.STOPPED;
    } catch (OutOfMemoryError e) {
      // Not of the heap, which would have ended the process, but of buffers, bounded alike.
      e.printStackTrace();
      output.say(
          new RunEvent.Failed("out of memory: " + e.getMessage() + "; allow more with --max-heap"));
      return ExitCode.FAILED;
      // A plug-in may throw anything at all, and its log should say what.
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      e.printStackTrace();
      output.say(new RunEvent.Failed(reason(e)));
      return ExitCode.FAILED;
    }
  }

  /** Returns the message where it was written for people, or else the exception with its name. */
  private static String reason(Throwable thrown) {
    boolean forPeople =
        thrown instanceof IOException
            || thrown instanceof IllegalArgumentException
            || thrown.getClass().getName().startsWith(OWN_PACKAGES);
    return forPeople && thrown.getMessage() != null ? thrown.getMessage() : thrown.toString();
  }

  private void run(Registry registry) throws IOException {
    RunSpec spec = RunSpecFile.read(Json.mapper(registry), config);
    output.log(
        "run "
            + spec.arm()
            + ", seed "
            + spec.seed()
            + ", process "
            + ProcessHandle.current().pid());
    TorchEngine.start(spec.threads());
    Injector injector = Guice.createInjector(new EquipoiseModule(registry, RunCode.training()));
    LabelledData data = RunInputs.of(spec, dataFolder).load();
    PlannedRun run = injector.getInstance(Planner.class).plan(spec, data);
    output.say(new RunEvent.Started(run.stages().size()));
    RunModule module =
        new RunModule(run, data, dataFolder, new ExperimentFolder(out), output, stop);
    injector.createChildInjector(module).getInstance(RunExecution.class).run();
  }
}
