package org.equipoise.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a process that was asked to end alive until its main thread has seen to everything: the
 * virtual machine itself waits for shutdown hooks, and for nothing else.
 */
final class Farewell {

  // Longer than runs are given for their checkpoints.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "farewell");

  Farewell() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void over() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook was what it waited for.
    }
  }
}
