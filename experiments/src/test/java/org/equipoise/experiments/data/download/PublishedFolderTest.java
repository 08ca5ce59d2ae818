package org.equipoise.experiments.data.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublishedFolderTest {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private final byte[] packed = new Tarball().folder("set").file("set/a.bin", HELLO).toBytes();
  @TempDir private Path directory;

  @Test
  void should_ask_nobody_if_the_folder_is_there() throws IOException {
    Files.createDirectory(directory.resolve("set"));
    try (ArchiveServer server = ArchiveServer.of(packed)) {

      assertThat(PublishedFolder.find(server.archive(packed, "set"), directory))
          .isEqualTo(directory.resolve("set"));
      assertThat(server.requests()).isEmpty();
      assertThat(visible(directory)).containsExactly("set");
    }
  }

  @Test
  void should_download_and_unpack_the_folder_if_it_is_not_there() throws IOException {
    Path deeper = directory.resolve("cache/data");
    try (ArchiveServer server = ArchiveServer.of(packed)) {
      PublishedArchive archive = server.archive(packed, "set");

      Path found = PublishedFolder.find(archive, deeper);
      PublishedFolder.find(archive, deeper);

      assertThat(found.resolve("a.bin")).hasBinaryContent(HELLO);
      assertThat(server.requests()).hasSize(1);
      assertThat(visible(deeper)).as("no archive stays behind").containsExactly("set");
    }
  }

  @Test
  void should_unpack_the_archive_that_is_there_and_keep_it() throws IOException {
    Files.write(directory.resolve("set.tar.gz"), packed);
    try (ArchiveServer server = ArchiveServer.of(packed)) {
      PublishedFolder.find(server.archive(packed, "set"), directory);

      assertThat(server.requests()).isEmpty();
      assertThat(visible(directory)).containsExactly("set", "set.tar.gz");
    }
  }

  @Test
  void should_refuse_the_archive_that_is_there_if_it_is_another() throws IOException {
    Files.write(directory.resolve("set.tar.gz"), HELLO);
    try (ArchiveServer server = ArchiveServer.of(packed)) {
      PublishedArchive archive = server.archive(packed, "set");

      assertThatIOException()
          .isThrownBy(() -> PublishedFolder.find(archive, directory))
          .withMessageContaining("set.tar.gz: SHA-256 is ")
          .withMessageContaining("; expected " + archive.sha256());
      assertThat(directory.resolve("set")).doesNotExist();
    }
  }

  @Test
  void should_leave_no_half_folder_if_the_archive_cannot_be_unpacked() throws IOException {
    byte[] evil = new Tarball().file("set/a.bin", HELLO).file("../evil", HELLO).toBytes();
    try (ArchiveServer server = ArchiveServer.of(evil)) {

      assertThatIOException()
          .isThrownBy(() -> PublishedFolder.find(server.archive(evil, "set"), directory));
      assertThat(visible(directory)).doesNotContain("set");
    }
  }

  @Test
  void should_unpack_anew_if_an_earlier_process_died_while_unpacking() throws IOException {
    Path left = Files.createDirectories(directory.resolve(".set.unpacking/set"));
    Files.write(left.resolve("a.bin"), new byte[] {1});
    try (ArchiveServer server = ArchiveServer.of(packed)) {

      Path found = PublishedFolder.find(server.archive(packed, "set"), directory);

      assertThat(found.resolve("a.bin")).hasBinaryContent(HELLO);
    }
  }

  @Test
  void should_say_where_to_put_the_files_if_there_is_no_network() {
    PublishedArchive archive =
        new PublishedArchive(
            URI.create("http://localhost:1/set.tar.gz"), 10, "0".repeat(64), "set", 10);

    assertThatIOException()
        .isThrownBy(() -> PublishedFolder.find(archive, directory))
        .withMessage(
            directory.resolve("set")
                + ": not there, and cannot be downloaded: http://localhost:1/set.tar.gz: stopped"
                + " at 0 of 10 bytes: no connection."
                + " Run again to go on with the download. Without a network, put the folder set or"
                + " the archive set.tar.gz into "
                + directory
                + ", or name the folder that has it with --data-dir.");
  }

  @Test
  void should_say_that_the_data_folder_cannot_be_written() throws IOException {
    Path file = Files.write(directory.resolve("file"), HELLO);
    PublishedArchive archive =
        new PublishedArchive(
            URI.create("http://localhost:1/set.tar.gz"), 10, "0".repeat(64), "set", 10);

    assertThatIOException()
        .isThrownBy(() -> PublishedFolder.find(archive, file))
        .withMessageContaining("nothing can be written into " + file)
        .withMessageContaining("--data-dir");
  }

  @Test
  void should_download_once_if_several_ask_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ArchiveServer server = ArchiveServer.of(packed)) {
      PublishedArchive archive = server.archive(packed, "set");
      Callable<Path> ask = () -> PublishedFolder.find(archive, directory);

      for (Future<Path> found : threads.invokeAll(List.of(ask, ask, ask, ask))) {
        assertThat(found.get().resolve("a.bin")).hasBinaryContent(HELLO);
      }
      assertThat(server.requests()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> visible(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
