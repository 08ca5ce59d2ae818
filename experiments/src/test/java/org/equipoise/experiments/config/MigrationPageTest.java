package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page for people from other code bases shows is a config, and names parts that exist. */
class MigrationPageTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("\\{type: ([a-z0-9-]+)");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Registry REGISTRY = Registry.load(MigrationPageTest.class.getClassLoader());

  @TempDir private Path folder;

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/migration.md"));
  }

  private static List<String> shown() throws IOException {
    return BLOCK.matcher(page()).results().map(block -> block.group(1)).toList();
  }

  @Test
  void should_find_configs_on_the_page() throws IOException {
    assertThat(shown()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("shown")
  void should_read_what_the_page_shows(String shown) throws IOException {
    ObjectNode config =
        (ObjectNode)
            YAML.readTree(Files.readString(ROOT.resolve("configs/cifar10-lt/balms-if200.yaml")));
    JsonNode block = YAML.readTree(shown);
    config.setAll((ObjectNode) block);
    config.put("baseline", block.at("/arms/0/id").textValue());
    Path file = folder.resolve("shown.json");
    Files.writeString(file, config.toString());

    ExperimentConfig read = new ConfigReader(REGISTRY, Json.mapper(REGISTRY)).read(file, List.of());

    assertThat(read.arms()).hasSameSizeAs(block.get("arms"));
  }

  @Test
  void should_name_parts_that_exist() throws IOException {
    List<String> known =
        Stream.of(PartKind.values())
            .flatMap(kind -> REGISTRY.parts(kind).stream())
            .map(part -> part.typeName())
            .toList();

    assertThat(NAMED.matcher(page()).results().map(found -> found.group(1)).distinct())
        .hasSizeGreaterThan(20)
        .isSubsetOf(known);
  }
}
