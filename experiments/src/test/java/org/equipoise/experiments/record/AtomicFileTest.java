package org.equipoise.experiments.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void should_replace_the_file_and_leave_nothing_else_if_written_twice() throws IOException {
    Path file = folder.resolve("report.md");

    AtomicFile.write(file, "first, and longer");
    AtomicFile.write(file, "second");

    assertThat(file).hasContent("second");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void should_keep_the_old_file_and_leave_nothing_else_if_the_content_fails() throws IOException {
    Path file = folder.resolve("record.json");
    AtomicFile.write(file, "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      assertThat(file).hasContent("old");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
