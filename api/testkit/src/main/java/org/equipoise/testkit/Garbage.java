package org.equipoise.testkit;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.UnaryOperator;

/**
 * Collects garbage at a moment of the test's choice: between a forward and a backward pass, which
 * may need nothing by then that only Java held.
 */
public final class Garbage {

  private static final long PATIENCE_MS = 10_000;

  private Garbage() {}

  /**
   * Collects what is garbage now, and frees the memory outside the heap that hung on it.
   *
   * <p>The thread that frees it works through one collection after another, so that all of the
   * first is freed when it comes to the second.
   */
  public static void collect() {
    collectOnce();
    collectOnce();
  }

  /**
   * Returns the engine's gradient if garbage is collected between forward and backward pass.
   *
   * @param at where; not changed
   * @param function from such an array to a scalar
   * @return the gradient, flattened, in double
   */
  public static double[] gradientAfterwards(NDArray at, UnaryOperator<NDArray> function) {
    return GradientCheck.autograd(
        at,
        variable -> {
          NDArray value = function.apply(variable);
          collect();
          return value;
        });
  }

  private static void collectOnce() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
    System.gc();
    try {
      if (queue.remove(PATIENCE_MS) == null) {
        throw new IllegalStateException(
            "System.gc() collected nothing; expected a JVM without -XX:+DisableExplicitGC");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while garbage is collected", e);
    } finally {
      Reference.reachabilityFence(canary);
    }
  }
}
