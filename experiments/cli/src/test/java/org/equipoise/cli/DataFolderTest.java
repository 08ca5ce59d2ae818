package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {

  private static final Path HOME = Path.of("/home/someone");

  @Test
  void should_be_the_one_that_the_variable_names() {
    assertThat(DataFolder.of(Map.of("EQUIPOISE_DATA", "sets", "XDG_CACHE_HOME", "/cache"), HOME))
        .isEqualTo(Path.of("sets"));
  }

  @Test
  void should_be_in_the_cache_folder_if_the_variable_is_unset_or_empty() {
    assertThat(DataFolder.of(Map.of("EQUIPOISE_DATA", "", "XDG_CACHE_HOME", "/cache"), HOME))
        .isEqualTo(Path.of("/cache/equipoise"));
    assertThat(DataFolder.of(Map.of(), HOME)).isEqualTo(HOME.resolve(".cache/equipoise"));
  }

  @Test
  void should_ignore_a_relative_cache_folder_as_xdg_demands() {
    assertThat(DataFolder.of(Map.of("XDG_CACHE_HOME", "cache"), HOME))
        .isEqualTo(HOME.resolve(".cache/equipoise"));
  }
}
