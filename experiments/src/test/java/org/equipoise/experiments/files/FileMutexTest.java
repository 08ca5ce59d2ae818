package org.equipoise.experiments.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileMutexTest {

  @TempDir private Path folder;

  /** Holds a lock until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      FileMutex.holding(
          Path.of(args[0]),
          FileMutex.Wait::run,
          () -> {
            System.out.println("held");
            System.out.flush();
            return System.in.read();
          });
    }
  }

  @Test
  void should_not_wait_if_nobody_holds_the_lock() throws IOException {
    Path file = folder.resolve("stages/key.lock");
    AtomicInteger waits = new AtomicInteger();

    for (int i = 0; i < 2; i++) {
      FileMutex.holding(file, wait -> waits.incrementAndGet(), () -> "done");
    }

    assertThat(waits).hasValue(0);
  }

  @Test
  void should_release_the_lock_if_the_body_fails() throws IOException {
    Path file = folder.resolve("key.lock");

    assertThatThrownBy(
            () ->
                FileMutex.holding(
                    file,
                    FileMutex.Wait::run,
                    () -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    AtomicInteger waits = new AtomicInteger();
    FileMutex.holding(file, wait -> waits.incrementAndGet(), () -> "done");
    assertThat(waits).hasValue(0);
  }

  @Test
  void should_wait_until_the_other_thread_lets_go_if_it_holds_the_lock() throws Exception {
    Path file = folder.resolve("key.lock");
    CountDownLatch waits = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> second =
          FileMutex.holding(
              file,
              FileMutex.Wait::run,
              () -> {
                Future<Boolean> submitted =
                    other.submit(
                        () ->
                            FileMutex.holding(
                                file,
                                wait -> {
                                  waits.countDown();
                                  wait.run();
                                },
                                () -> order.add("second")));
                awaitUninterruptibly(waits);
                order.add("first");
                return submitted;
              });
      assertThat(second.get()).isTrue();
      assertThat(order).containsExactly("first", "second");
    } finally {
      other.shutdownNow();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void should_get_the_lock_if_the_process_that_holds_it_is_killed() throws Exception {
    Path file = folder.resolve("key.lock");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("held");
      AtomicInteger waits = new AtomicInteger();

      FileMutex.holding(
          file,
          wait -> {
            waits.incrementAndGet();
            holder.destroyForcibly();
            wait.run();
          },
          () -> "done");

      assertThat(waits).hasValue(1);
    } finally {
      holder.destroyForcibly();
    }
  }
}
