package org.equipoise.experiments.data.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.data.longtail.Profile;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.plan.PlanException;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.stage.StageKeys;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature tables as configs write them. */
class FeatureTableConfigTest {

  private static final String TABLE =
      "{type: feature-table, train: a.csv, test: b.csv, extractor: DINO}";

  private final Registry registry = Registry.load(FeatureTableConfigTest.class.getClassLoader());
  private final ObjectMapper mapper = Json.mapper(registry);
  @TempDir private Path folder;

  @Test
  void should_keep_rows_and_values_as_they_are_unless_told_otherwise() throws IOException {
    assertThat(config(TABLE, "[]").dataset())
        .isEqualTo(
            new FeatureTable(
                "a.csv",
                "b.csv",
                "DINO",
                Optional.empty(),
                new Normalisation.None(),
                Optional.empty()));
  }

  @Test
  void should_read_every_key_and_write_it_down_again() throws IOException {
    String table =
        TABLE.replace(
            "}",
            ", classNames: c.txt, normalisation: {type: l2}, longTail: {imbalanceFactor: 10,"
                + " profile: {type: step}}}");

    DatasetSpec spec = config(table, "[]").dataset();

    assertThat(spec)
        .isEqualTo(
            new FeatureTable(
                "a.csv",
                "b.csv",
                "DINO",
                Optional.of("c.txt"),
                new Normalisation.L2(),
                Optional.of(new LongTail(10, new Profile.Step(), new ClassOrder.Original(), 0))));
    String json = mapper.writerFor(DatasetSpec.class).writeValueAsString(spec);
    assertThat(mapper.readValue(json, DatasetSpec.class)).isEqualTo(spec);
  }

  @Test
  void should_ask_for_all_that_has_no_default_at_once() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config("{type: feature-table}", "[]"))
        .withMessageContaining("has 3 problems")
        .withMessageContaining("dataset.train: missing; expected a text")
        .withMessageContaining("dataset.test: missing; expected a text")
        .withMessageContaining("dataset.extractor: missing; expected a text");
  }

  @Test
  void should_name_the_choices_of_normalisation() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config(TABLE.replace("}", ", normalisation: {type: l1}}"), "[]"))
        .withMessageContaining("dataset.normalisation.type")
        .withMessageContaining("none, l2");
  }

  @Test
  void should_be_refused_in_a_plan_with_augmentation_of_images() throws IOException {
    ExperimentConfig config =
        config(TABLE, "[{type: pad-crop, padding: 1}, {type: horizontal-flip}]");
    FeatureExamples examples = new FeatureExamples(new float[] {1, 2}, 1, new int[] {0, 1});
    LabelledData data =
        new LabelledData(
            examples,
            examples,
            List.of("a", "b"),
            ClassCounts.of(1, 1),
            new TreeMap<>(),
            Optional.of("DINO"));
    Planner planner =
        new Planner(mapper, new StageKeys(mapper, new TrainingCode(Sgd.class, "engine 1")));

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> planner.plan(config, data))
        .withMessage(
            "training.augmentation: changes images, but data set \"feature-table\" has features;"
                + " expected an empty list, is [pad-crop, horizontal-flip]");
    assertThat(planner.plan(config(TABLE, "[]"), data).runs()).hasSize(1);
  }

  private ExperimentConfig config(String dataset, String augmentation) throws IOException {
    Path file = folder.resolve("study.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "dataset: " + dataset,
            "model: {backbone: {type: identity}}",
            "training: {epochs: 1, batchSize: 8, augmentation: " + augmentation + "}",
            "seeds: [1]",
            "arms: [{id: softmax}]"));
    return new ConfigReader(registry, mapper).read(file, List.of());
  }
}
