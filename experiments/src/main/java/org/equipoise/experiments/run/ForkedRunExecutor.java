package org.equipoise.experiments.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.equipoise.api.Described;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.stage.StageCache;

/**
 * Executes each run in a process of its own on this machine, {@code jobs} at a time.
 *
 * <p>A process of its own gives a run its own engine, threads and memory: what one run does, and
 * how it dies, cannot change another.
 */
@Described(
    summary = "Executes each run in a process of its own on this machine.",
    formula = "one JVM a run, --jobs at a time; runs that share a stage train it once",
    source = "Equipoise")
public record ForkedRunExecutor() implements RunExecutor {

  /** How long a stop waits for checkpoints. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String typeName() {
    return "forked";
  }

  @Override
  public List<RunOutcome> execute(List<RunTask> tasks, RunOptions options, RunListener listener)
      throws InterruptedException {
    WorkerPool workers = new WorkerPool(PATIENCE);
    Thread onExit = new Thread(workers::stop, "stop-workers");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      return new Execution(tasks, options, listener, workers).run();
    } finally {
      removeHook(onExit);
    }
  }

  private static void removeHook(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook at work.
    }
  }

  /** One call's worth of slots and what became of the runs. */
  private static final class Execution {

    private final List<RunTask> tasks;
    private final RunOptions options;
    private final RunListener listener;
    private final WorkerPool workers;
    private final RunQueue<RunTask> queue;
    private final Map<RunTask, RunOutcome> outcomes = new ConcurrentHashMap<>();

    Execution(List<RunTask> tasks, RunOptions options, RunListener listener, WorkerPool workers) {
      this.tasks = tasks;
      this.options = options;
      this.workers = workers;
      StageCache cache = new StageCache(new ExperimentFolder(options.out()).stages());
      this.queue = new RunQueue<>(tasks, task -> missing(cache, task));
      Object turn = new Object();
      this.listener =
          (run, event) -> {
            synchronized (turn) {
              listener.onEvent(run, event);
            }
          };
    }

    private static Set<String> missing(StageCache cache, RunTask task) {
      Set<String> missing = new LinkedHashSet<>(task.stages());
      missing.removeIf(cache::contains);
      return missing;
    }

    List<RunOutcome> run() throws InterruptedException {
      List<Thread> slots = new ArrayList<>();
      for (int i = 0; i < Math.min(options.jobs(), tasks.size()); i++) {
        Thread slot = new Thread(this::work, "run-slot-" + i);
        slot.setDaemon(true);
        slots.add(slot);
        slot.start();
      }
      try {
        for (Thread slot : slots) {
          slot.join();
        }
      } catch (InterruptedException e) {
        workers.stop();
        for (Thread slot : slots) {
          slot.join();
        }
        throw e;
      }
      return tasks.stream()
          .map(task -> outcomes.getOrDefault(task, new RunOutcome.Stopped(task.run())))
          .toList();
    }

    private void work() {
      for (Optional<RunTask> task = next(); task.isPresent(); task = next()) {
        RunOutcome outcome = new ForkedRun(task.get(), options, workers, listener).execute();
        outcomes.put(task.get(), outcome);
        synchronized (queue) {
          queue.finished(task.get());
        }
      }
    }

    private Optional<RunTask> next() {
      synchronized (queue) {
        return workers.isStopping() ? Optional.empty() : queue.next();
      }
    }
  }
}
