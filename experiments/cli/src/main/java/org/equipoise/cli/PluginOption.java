package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.experiments.registry.Plugins;
import org.equipoise.experiments.registry.Registry;
import picocli.CommandLine.Option;

/** Where parts beyond Equipoise's own come from. */
final class PluginOption {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of jars with further losses, samplers, methods, ...")
  private Path folder;

  Optional<Path> folder() {
    return Optional.ofNullable(folder).map(Path::toAbsolutePath);
  }

  /** Does something with all parts; those of plug-ins can be used only meanwhile. */
  <T> T withRegistry(Use<T> use) throws Exception {
    if (folder == null) {
      return use.of(Registry.load(PluginOption.class.getClassLoader()));
    }
    try (Plugins plugins = open(folder)) {
      return use.of(Registry.load(plugins.loader()));
    }
  }

  private static Plugins open(Path folder) {
    try {
      return Plugins.open(folder);
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** What is done with the parts. */
  interface Use<T> {
    T of(Registry registry) throws Exception;
  }
}
