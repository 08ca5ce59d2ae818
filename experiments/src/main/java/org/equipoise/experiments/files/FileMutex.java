package org.equipoise.experiments.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion between processes, and between the threads of this one, by a file.
 *
 * <p>The operating system releases the lock of a process that dies, however it dies. The file stays
 * behind: to delete it would let two processes hold locks on two files of the same name.
 */
public final class FileMutex {

  // File locks belong to the whole process; these tell its threads apart.
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private FileMutex() {}

  /**
   * Runs a body while nobody else runs one under the same file, waiting as long as it takes.
   *
   * @param file the file; made, with its folder, if need be
   * @param waiting surrounds the wait, if there is one
   * @param body what to run
   * @param <T> what it returns
   * @return what the body returned
   * @throws IOException if the body throws it, or the file system has no locks
   */
  public static <T> T holding(Path file, Waiting waiting, Body<T> body) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Files.createDirectories(absolute.getParent());
    ReentrantLock thread = THREADS.computeIfAbsent(absolute, path -> new ReentrantLock());
    if (!thread.tryLock()) {
      waiting.during(thread::lock);
    }
    // Closing the channel releases its lock.
    try (FileChannel channel =
        FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        waiting.during(channel::lock);
      }
      return body.run();
    } finally {
      thread.unlock();
    }
  }

  /** Does the blocking part of waiting for a lock. */
  @FunctionalInterface
  public interface Waiting {

    /**
     * Runs the wait; called only if somebody else holds the lock.
     *
     * @param wait blocks until the lock is ours
     * @throws IOException what the wait throws
     */
    void during(Wait wait) throws IOException;
  }

  /** A blocking call. */
  @FunctionalInterface
  public interface Wait {

    /**
     * Blocks.
     *
     * @throws IOException if the lock cannot be had
     */
    void run() throws IOException;
  }

  /**
   * What is to be done by one at a time.
   *
   * @param <T> what it returns
   */
  @FunctionalInterface
  public interface Body<T> {

    /**
     * Runs.
     *
     * @return the result
     * @throws IOException if it fails
     */
    T run() throws IOException;
  }
}
