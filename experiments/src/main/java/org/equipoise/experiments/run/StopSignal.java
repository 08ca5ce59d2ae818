package org.equipoise.experiments.run;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.equipoise.experiments.files.FileMutex;

/**
 * The wish that a run stop, and the answer that nothing would be lost if the process ended now.
 *
 * <p>Safe for use by several threads: one runs, others ask it to stop.
 */
final class StopSignal {

  private final AtomicBoolean requested = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean idle;
  private OptionalInt exitCode = OptionalInt.empty();

  void request() {
    requested.set(true);
  }

  boolean isRequested() {
    return requested.get();
  }

  /** Waits for another process; meanwhile there is nothing to save. */
  void whileIdle(FileMutex.Wait wait) throws IOException {
    change(() -> idle = true);
    try {
      wait.run();
    } finally {
      change(() -> idle = false);
    }
  }

  /** Says that the run is over. */
  void ended(int code) {
    change(() -> exitCode = OptionalInt.of(code));
  }

  /** Returns the exit code, if the run is over. */
  OptionalInt exitCode() {
    lock.lock();
    try {
      return exitCode;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is left to save; returns false if that takes too long. */
  boolean awaitQuiet(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!idle && exitCode.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
