package org.equipoise.experiments.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
public final class FileMutex implements AutoCloseable {

  // File locks belong to the whole process; these tell its threads apart.
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private FileMutex(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
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

    /** A blocking call. */
    @FunctionalInterface
    interface Wait {

      /**
       * Blocks.
       *
       * @throws IOException if the lock cannot be had
       */
      void run() throws IOException;
    }
  }

  /**
   * Takes the lock, waiting as long as it takes.
   *
   * @param file the file; made, with its folder, if need be
   * @param waiting surrounds the wait, if there is one
   * @return the lock; close it on the thread that took it
   * @throws IOException if the file system has no locks, or the thread is interrupted
   */
  public static FileMutex acquire(Path file, Waiting waiting) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Files.createDirectories(absolute.getParent());
    ReentrantLock thread = THREADS.computeIfAbsent(absolute, path -> new ReentrantLock());
    if (!thread.tryLock()) {
      waiting.during(thread::lock);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        waiting.during(channel::lock);
      }
      return new FileMutex(thread, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      thread.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      // Closing the channel releases its lock.
      channel.close();
    } finally {
      thread.unlock();
    }
  }
}
