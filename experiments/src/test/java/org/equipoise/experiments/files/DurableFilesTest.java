package org.equipoise.experiments.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

  @TempDir Path folder;

  @Test
  void should_replace_the_old_file() throws IOException {
    Path file = folder.resolve("x.json");
    Files.writeString(file, "a long old text");

    DurableFiles.write(file, out -> out.write('n'));

    assertThat(file).hasContent("n");
    assertThat(folder.toFile().list()).containsExactly("x.json");
  }

  @Test
  void should_keep_the_old_file_and_no_draft_if_writing_fails() throws IOException {
    Path file = folder.resolve("x.json");
    Files.writeString(file, "old");

    assertThatThrownBy(
            () ->
                DurableFiles.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");

    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("x.json");
  }

  @Test
  void should_delete_a_folder_with_all_that_is_in_it() throws IOException {
    Path tree = folder.resolve("a");
    Files.createDirectories(tree.resolve("b/c"));
    Files.writeString(tree.resolve("b/x"), "x");

    DurableFiles.deleteTree(tree);
    DurableFiles.deleteTree(tree);

    assertThat(tree).doesNotExist();
  }
}
