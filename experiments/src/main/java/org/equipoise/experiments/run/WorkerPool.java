package org.equipoise.experiments.run;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The worker processes that are alive, and the end of all of them.
 *
 * <p>Safe for use by several threads.
 */
final class WorkerPool {

  private final Duration patience;
  private final Set<Process> alive = new LinkedHashSet<>();
  private boolean stopping;

  /**
   * Makes an empty pool.
   *
   * @param patience how long stopping waits for checkpoints before it kills
   */
  WorkerPool(Duration patience) {
    this.patience = patience;
  }

  /** Starts a worker, unless all are to stop. */
  synchronized Optional<Process> start(ProcessBuilder command) throws IOException {
    if (stopping) {
      return Optional.empty();
    }
    Process process = command.start();
    alive.add(process);
    return Optional.of(process);
  }

  synchronized void ended(Process process) {
    alive.remove(process);
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** Asks all workers to write checkpoints and stop, and waits for them. */
  void stop() {
    Set<Process> asked;
    synchronized (this) {
      stopping = true;
      asked = new LinkedHashSet<>(alive);
    }
    // Through the handle: Process.destroy also closes the pipe that the last events come through.
    asked.forEach(process -> process.toHandle().destroy());
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    for (Process process : asked) {
      try {
        if (interrupted || !process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        // Asked a second time, and more urgently: do not wait for the rest.
        interrupted = true;
        process.destroyForcibly();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
