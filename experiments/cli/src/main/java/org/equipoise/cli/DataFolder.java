package org.equipoise.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where data sets are kept unless the command line says otherwise. */
final class DataFolder {

  private DataFolder() {}

  /**
   * Returns {@code EQUIPOISE_DATA}, else {@code equipoise} in the user's cache folder.
   *
   * @param environment the environment variables
   * @param home the user's home folder
   */
  static Path of(Map<String, String> environment, Path home) {
    return set(environment, "EQUIPOISE_DATA")
        .orElseGet(
            () ->
                // Relative paths are invalid there, says the XDG specification.
                set(environment, "XDG_CACHE_HOME")
                    .filter(Path::isAbsolute)
                    .orElse(home.resolve(".cache"))
                    .resolve("equipoise"));
  }

  private static Optional<Path> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty()).map(Path::of);
  }
}
