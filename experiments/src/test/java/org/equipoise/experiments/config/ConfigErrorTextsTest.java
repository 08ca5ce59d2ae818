package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.registry.Registry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the messages about wrong configs with texts that were read and approved.
 *
 * <p>For each {@code NAME} there is {@code NAME.expected}, and where overrides are wrong {@code
 * NAME.overrides}, one a line.
 */
class ConfigErrorTextsTest {

  private static final int AT_LEAST = 20;

  private final Registry registry = KnownParts.registry();
  private final ConfigReader reader = new ConfigReader(registry, Json.mapper(registry));

  @TestFactory
  Stream<DynamicTest> should_say_all_that_is_wrong() throws Exception {
    return configs().stream()
        .map(
            config ->
                DynamicTest.dynamicTest(config.getFileName().toString(), () -> compare(config)));
  }

  @Test
  void should_find_the_texts() throws Exception {
    assertThat(configs()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
  }

  private void compare(Path config) throws IOException {
    Path overrides = beside(config, ".overrides");
    List<String> lines = Files.exists(overrides) ? Files.readAllLines(overrides) : List.of();

    ConfigException error =
        catchThrowableOfType(ConfigException.class, () -> reader.read(config, lines));

    assertThat(error).as("%s should be refused", config.getFileName()).isNotNull();
    assertThat(error.getMessage() + "\n").isEqualTo(Files.readString(beside(config, ".expected")));
  }

  private static Path beside(Path config, String ending) {
    return config.resolveSibling(config.getFileName() + ending);
  }

  private static List<Path> configs() throws IOException, URISyntaxException {
    Path folder = Path.of(ConfigErrorTextsTest.class.getResource("errors").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.toString().matches(".*\\.(expected|overrides)"))
          .sorted()
          .toList();
    }
  }
}
