package org.equipoise.experiments.data.images;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that fill batches, image by image.
 *
 * <p>Each image is written to a place of its own, so the number of threads changes no batch. What
 * is in memory is the batches that were asked for, and one whole image a thread.
 */
public final class DecodePool implements AutoCloseable {

  /**
   * The system property that holds the number of threads; all processors if it is not set. It
   * changes no result.
   */
  public static final String THREADS_PROPERTY = "equipoise.decoders";

  private final ExecutorService threads;

  /**
   * Starts a pool.
   *
   * @param threads how many images are decoded at a time, &gt;= 1
   */
  public DecodePool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("decoders: expected >= 1, is " + threads);
    }
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "decoder-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns the number of threads that this process is to use.
   *
   * @return what {@link #THREADS_PROPERTY} says, or else the number of processors
   * @throws IllegalArgumentException if the property is no whole number
   */
  public static int configuredThreads() {
    String configured = System.getProperty(THREADS_PROPERTY);
    if (configured == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      return Integer.parseInt(configured);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          THREADS_PROPERTY + ": expected a whole number, is \"" + configured + "\"", e);
    }
  }

  /**
   * Begins to fill a batch; returns at once.
   *
   * @param images the number of images
   * @param fill fills the place of one of them, 0-based; called by several threads at once
   * @return the work
   */
  public Work start(int images, IntConsumer fill) {
    List<Future<?>> parts = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      int image = i;
      parts.add(threads.submit(() -> fill.accept(image)));
    }
    return new Work(parts);
  }

  /** Ends the threads, after the images that they have at hand. */
  @Override
  public void close() {
    // Not interrupted: that would close a file under its reader.
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A batch that is being filled. */
  public static final class Work {

    private final List<Future<?>> parts;

    private Work(List<Future<?>> parts) {
      this.parts = parts;
    }

    /**
     * Waits until all images are there.
     *
     * @throws DamagedImageException if one is damaged: of several, the first in the batch
     */
    public void await() {
      try {
        for (Future<?> part : parts) {
          part.get();
        }
      } catch (ExecutionException e) {
        throw unwrapped(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while images were decoded", e);
      } finally {
        cancel();
      }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      return failed.getCause() instanceof RuntimeException reason
          ? reason
          : new IllegalStateException(failed.getCause());
    }

    /** Gives up what nobody has begun. */
    public void cancel() {
      parts.forEach(part -> part.cancel(false));
    }
  }
}
