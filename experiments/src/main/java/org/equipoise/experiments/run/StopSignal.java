package org.equipoise.experiments.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The wish that a run stop, and the answer that nothing would be lost if the process ended now.
 *
 * <p>Safe for use by several threads: one runs, others ask it to stop.
 */
final class StopSignal {

  private final AtomicBoolean requested = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean quiet;

  void request() {
    requested.set(true);
  }

  boolean isRequested() {
    return requested.get();
  }

  /** Says whether the run has nothing to save: it is over, or waits for another process. */
  void quiet(boolean now) {
    lock.lock();
    try {
      quiet = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is left to save; returns false if that takes too long. */
  boolean awaitQuiet(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!quiet) {
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
}
