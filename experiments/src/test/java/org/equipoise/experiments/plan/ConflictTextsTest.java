package org.equipoise.experiments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.CommittedConfigs;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ConflictKind;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.report.ConflictText;
import org.equipoise.experiments.stage.StageKeys;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans configs with every part of the project on a split of 1000, 100 and 10 images, and compares
 * the conflicts with texts that were read and approved. The committed configs have none that they
 * do not accept.
 */
class ConflictTextsTest {

  private static final Registry REGISTRY = Registry.load(ConflictTextsTest.class.getClassLoader());
  private static final ObjectMapper MAPPER = Json.mapper(REGISTRY);
  private static final ConfigReader READER = new ConfigReader(REGISTRY, MAPPER);
  private static final Planner PLANNER =
      new Planner(MAPPER, new StageKeys(MAPPER, new TrainingCode(Sgd.class, "engine 1")));

  private static List<Path> examples() throws IOException, URISyntaxException {
    return yaml(Path.of(ConflictTextsTest.class.getResource("conflicts").toURI()));
  }

  private static List<Path> committed() throws IOException {
    return yaml(Path.of("").toAbsolutePath().resolveSibling("configs"));
  }

  private static List<Path> yaml(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static List<Conflict> conflicts(Path file) {
    ExperimentConfig config = CommittedConfigs.read(READER, file);
    LabelledData data = TinySplit.withValidation(1000, 100, 10);
    // Run by run, for images of this size are not those of the config.
    return Conflicts.of(
        config.arms().stream()
            .map(
                arm -> {
                  RunSpec first = RunSpec.of(config, arm, config.seeds().get(0));
                  return BoundArm.of(arm, PLANNER.plan(first, data), data);
                })
            .toList());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void should_say_what_conflicts_and_why(Path file) throws IOException {
    String text =
        conflicts(file).stream()
            .flatMap(
                conflict -> Stream.concat(ConflictText.lines(conflict).stream(), Stream.of("")))
            .map(line -> line + "\n")
            .collect(Collectors.joining());

    assertThat(text)
        .isEqualTo(Files.readString(file.resolveSibling(file.getFileName() + ".expected")));
  }

  @Test
  void should_have_a_text_for_every_kind() throws Exception {
    assertThat(examples())
        .extracting(file -> file.getFileName().toString().replace(".yaml", ""))
        .containsAll(Stream.of(ConflictKind.values()).map(ConflictKind::id).toList());
  }

  @Test
  void should_find_the_committed_configs() throws IOException {
    assertThat(committed()).hasSizeGreaterThanOrEqualTo(23);
  }

  @ParameterizedTest
  @MethodSource("committed")
  void should_have_no_conflict_in_a_committed_config_that_it_does_not_accept(Path file) {
    assertThat(conflicts(file))
        .filteredOn(conflict -> conflict.standing() == Conflict.Standing.WARNING)
        .isEmpty();
  }
}
