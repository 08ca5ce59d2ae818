package org.equipoise.evaluation.detection;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Does things apart from each other on some threads; what comes out does not depend on how many.
 */
final class Workers {

  private Workers() {}

  /** Returns what a function gives for 0 to {@code count} - 1, in this order. */
  static <T> List<T> map(int threads, int count, IntFunction<T> function) {
    if (threads == 1) {
      return IntStream.range(0, count).mapToObj(function).toList();
    }
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> IntStream.range(0, count).parallel().mapToObj(function).toList())
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("evaluation: was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
