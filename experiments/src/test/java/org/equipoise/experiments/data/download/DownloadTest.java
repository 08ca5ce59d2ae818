package org.equipoise.experiments.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final byte[] content = new byte[300_000];
  @TempDir private Path folder;
  private Path target;
  private Path part;

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
    target = folder.resolve("set.tar.gz");
    part = folder.resolve("set.tar.gz.part");
  }

  @Test
  void should_fetch_the_archive_whole() throws IOException {
    try (ArchiveServer server = ArchiveServer.of(content)) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(part).doesNotExist();
      assertThat(server.requests()).containsExactly(Optional.empty());
    }
  }

  @Test
  void should_go_on_from_the_part_that_is_there() throws IOException {
    Files.write(part, Arrays.copyOf(content, 120_000));
    try (ArchiveServer server = ArchiveServer.of(content)) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).containsExactly(Optional.of(120_000L));
    }
  }

  @Test
  void should_ask_again_for_the_rest_if_the_connection_breaks() throws IOException {
    try (ArchiveServer server =
        ArchiveServer.answering(
            (exchange, start) -> {
              int end = Math.min(content.length, start.orElse(0L).intValue() + 100_000);
              ArchiveServer.send(exchange, content, start, end, content.length);
            })) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3).startsWith(Optional.empty());
      assertThat(server.requests().get(1)).isPresent();
    }
  }

  @Test
  void should_keep_the_part_if_the_server_sends_no_more() throws IOException {
    try (ArchiveServer server =
        ArchiveServer.answering(
            (exchange, start) ->
                ArchiveServer.send(
                    exchange,
                    content,
                    start,
                    Math.max(start.orElse(0L).intValue(), 100_000),
                    Math.max(start.orElse(0L).intValue() + 1, 100_000)))) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("/data/set.tar.gz: stopped at 100000 of 300000 bytes: ");
      assertThat(part).hasBinaryContent(Arrays.copyOf(content, 100_000));
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void should_start_over_if_the_server_ignores_ranges() throws IOException {
    Files.write(part, new byte[120_000]);
    try (ArchiveServer server =
        ArchiveServer.answering(
            (exchange, start) ->
                ArchiveServer.send(
                    exchange, content, Optional.empty(), content.length, content.length))) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void should_start_over_once_if_the_part_was_of_another_file() throws IOException {
    Files.write(part, new byte[120_000]);
    try (ArchiveServer server = ArchiveServer.of(content)) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).containsExactly(Optional.of(120_000L), Optional.empty());
    }
  }

  @Test
  void should_start_over_if_the_part_is_too_long() throws IOException {
    Files.write(part, new byte[300_001]);
    try (ArchiveServer server = ArchiveServer.of(content)) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).containsExactly(Optional.empty());
    }
  }

  @Test
  void should_need_no_server_if_the_part_is_complete() throws IOException {
    Files.write(part, content);
    try (ArchiveServer server = ArchiveServer.of(content)) {
      download(server, PATIENCE).run();

      assertThat(target).hasBinaryContent(content);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void should_refuse_a_file_with_another_checksum_and_leave_nothing() throws IOException {
    byte[] other = content.clone();
    other[7]++;
    try (ArchiveServer server = ArchiveServer.of(other)) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("SHA-256 of what was downloaded is ")
          .withMessageContaining("; expected " + server.archive(content, "set").sha256());
      assertThat(target).doesNotExist();
      assertThat(part).doesNotExist();
    }
  }

  @Test
  void should_stop_reading_if_the_server_sends_too_much() throws IOException {
    byte[] endless = new byte[content.length + 1];
    try (ArchiveServer server = ArchiveServer.of(endless)) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("more than the 300000 bytes that were published");
      assertThat(part).doesNotExist();
    }
  }

  @Test
  void should_name_the_status_if_the_file_is_gone() throws IOException {
    Files.write(part, Arrays.copyOf(content, 10));
    try (ArchiveServer server =
        ArchiveServer.answering((exchange, start) -> exchange.sendResponseHeaders(404, -1))) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("the server answered with status 404");
      assertThat(part).hasSize(10);
    }
  }

  @Test
  void should_begin_anew_next_time_if_the_server_has_no_such_range() throws IOException {
    Files.write(part, Arrays.copyOf(content, 10));
    try (ArchiveServer server =
        ArchiveServer.answering((exchange, start) -> exchange.sendResponseHeaders(416, -1))) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("status 416");
      assertThat(part).isEmptyFile();
    }
  }

  @Test
  void should_not_mix_files_if_the_server_sends_another_range() throws IOException {
    Files.write(part, Arrays.copyOf(content, 10));
    try (ArchiveServer server =
        ArchiveServer.answering(
            (exchange, start) ->
                ArchiveServer.send(
                    exchange, content, Optional.of(20L), content.length, content.length))) {

      assertThatIOException()
          .isThrownBy(download(server, PATIENCE)::run)
          .withMessageContaining("status 206");
      assertThat(part).isEmptyFile();
    }
  }

  @Test
  void should_lose_patience_with_a_silent_server() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (ArchiveServer server =
        ArchiveServer.answering(
            (exchange, start) -> {
              ArchiveServer.send(
                  exchange, content, start, start.orElse(0L).intValue(), content.length);
              awaitQuietly(end);
            })) {

      assertThatIOException()
          .isThrownBy(download(server, Duration.ofMillis(300))::run)
          .withMessageContaining("nothing came for 0.3 s");
      end.countDown();
    }
  }

  @Test
  void should_say_that_there_is_no_connection() {
    // Port 1 of this machine: nobody listens there.
    PublishedArchive archive =
        new PublishedArchive(
            URI.create("http://localhost:1/set.tar.gz"), 10, "0".repeat(64), "set", 10);

    assertThatIOException()
        .isThrownBy(new Download(archive, target, PATIENCE)::run)
        .withMessage("http://localhost:1/set.tar.gz: stopped at 0 of 10 bytes: no connection");
  }

  private Download download(ArchiveServer server, Duration patience) {
    return new Download(server.archive(content, "set"), target, patience);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
