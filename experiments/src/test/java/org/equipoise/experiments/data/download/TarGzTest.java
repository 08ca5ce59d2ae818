package org.equipoise.experiments.data.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void should_unpack_files_and_folders() throws IOException {
    byte[] packed =
        new Tarball().folder("set").file("set/a.bin", HELLO).file("set/b/c.bin", HELLO).toBytes();

    Path target = unpack(packed, 10);

    assertThat(target.resolve("set/a.bin")).hasBinaryContent(HELLO);
    assertThat(target.resolve("set/b/c.bin")).hasBinaryContent(HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "set/../../evil", "/evil", "set/x/../../../evil"})
  void should_write_nothing_outside_the_target(String name) {
    assertThatIOException()
        .isThrownBy(() -> unpack(new Tarball().file(name, HELLO).toBytes(), 10))
        .withMessageContaining("archive.tar.gz: cannot be unpacked: ")
        .withMessageContaining("\"" + name + "\" points out of the archive");
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_FIFO,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK
      })
  void should_refuse_what_is_neither_file_nor_folder(byte kind) {
    assertThatIOException()
        .isThrownBy(() -> unpack(new Tarball().special("set", kind, "/etc").toBytes(), 10))
        .withMessageContaining("\"set\" is neither a file nor a folder");
  }

  @Test
  void should_refuse_more_bytes_than_published() {
    assertThatIOException()
        .isThrownBy(() -> unpack(new Tarball().file("a", HELLO).file("b", HELLO).toBytes(), 9))
        .withMessageContaining("more than the 9 bytes that were published");
  }

  @Test
  void should_refuse_the_same_file_twice() {
    assertThatIOException()
        .isThrownBy(() -> unpack(new Tarball().file("a", HELLO).file("a", HELLO).toBytes(), 99));
  }

  @Test
  void should_refuse_an_archive_that_is_cut_short() {
    byte[] packed = new Tarball().file("a", HELLO).toBytes();

    assertThatIOException()
        .isThrownBy(() -> unpack(Arrays.copyOf(packed, packed.length / 2), 99))
        .withMessageContaining("archive.tar.gz: cannot be unpacked: ");
  }

  @Test
  void should_refuse_what_is_no_archive() {
    assertThatIOException()
        .isThrownBy(() -> unpack("<html>not found</html>".getBytes(UTF_8), 99))
        .withMessageContaining("archive.tar.gz: cannot be unpacked: ");
  }

  private Path unpack(byte[] packed, long limit) throws IOException {
    Path archive = Files.write(folder.resolve("archive.tar.gz"), packed);
    Path target = Files.createDirectory(folder.resolve("target"));
    TarGz.unpack(archive, target, limit);
    return target;
  }
}
