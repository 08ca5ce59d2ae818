package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.Confusion;
import org.equipoise.evaluation.classification.PerClassRecall;
import org.equipoise.evaluation.classification.ShotAccuracy;
import org.equipoise.evaluation.classification.TopK;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.parts.AcmeSampler;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.optimizer.Sam;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.EffectiveNumber;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.methods.Crt;
import org.equipoise.methods.SingleStage;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  private static final String SMALLEST =
      """
      dataset: {type: fashion-mnist-lt-mini}
      model: {backbone: {type: small-cnn}}
      training: {epochs: 2, batchSize: 8}
      seeds: [1]
      arms:
        - {id: softmax}
      """;

  private final Registry registry = KnownParts.registry();
  private final ObjectMapper mapper = Json.mapper(registry);
  private final ConfigReader reader = new ConfigReader(registry, mapper);

  @TempDir private Path folder;

  @Test
  void should_spell_out_every_default_if_keys_are_left_out() throws IOException {
    ExperimentConfig config = read(SMALLEST);

    assertThat(config.name()).isEqualTo("small-study");
    assertThat(config.baseline()).isEqualTo("softmax");
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.selection()).isEqualTo(new Selection.Last());
    assertThat(config.data()).isEqualTo(new DataConfig(false));
    assertThat(config.model()).isEqualTo(new ModelConfig(new SmallCnn(), new Linear()));
    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(
                2,
                8,
                new Sgd(),
                new Cosine(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty()));
    assertThat(config.arms()).containsExactly(new ArmConfig("softmax", new SingleStage()));
    assertThat(config.metrics())
        .isEqualTo(
            List.of(
                new TopK(),
                new BalancedAccuracy(),
                new ShotAccuracy(),
                new PerClassRecall(),
                new Confusion()));
  }

  @Test
  void should_keep_the_other_defaults_of_a_part_if_one_key_is_given() throws IOException {
    ExperimentConfig config =
        read(SMALLEST, "training.optimizer.momentum=0.5", "arms[0].method.reduction=sum");

    assertThat(config.training().optimizer()).isEqualTo(new Sgd(0.1, 0.5, 5e-4, false, true));
    assertThat(config.arms().get(0).method())
        .isEqualTo(
            new SingleStage(
                new CrossEntropy(),
                new InstanceBalanced(),
                Optional.empty(),
                Reduction.SUM,
                Optional.empty(),
                List.of()));
  }

  @Test
  void should_read_an_optimizer_within_another_and_a_choice_that_is_optional() throws IOException {
    Registry all = Registry.load(getClass().getClassLoader());
    Path file = Files.writeString(folder.resolve("nested.yaml"), SMALLEST);

    ExperimentConfig config =
        new ConfigReader(all, Json.mapper(all))
            .read(
                file,
                List.of(
                    "training.optimizer={type: sam, base: {momentum: 0.5}}",
                    "training.averaging={type: ema}"));

    assertThat(config.training().optimizer())
        .isEqualTo(new Sam(0.05, new Sgd(0.1, 0.5, 5e-4, false, true)));
    assertThat(config.training().averaging()).contains(new WeightAveraging.Ema(0.999));
  }

  @Test
  void should_compute_frozen_features_on_the_fly_unless_told_otherwise() throws IOException {
    assertThat(read(SMALLEST).training().frozenFeatures()).isEqualTo(new FrozenFeatures.OnTheFly());
    assertThat(read(SMALLEST, "training.frozenFeatures={type: cached}").training().frozenFeatures())
        .isEqualTo(new FrozenFeatures.Cached(1));
    assertThat(
            read(
                    SMALLEST,
                    "training.augmentation=[{type: pad-crop}]",
                    "training.frozenFeatures={type: cached, views: 10}")
                .training()
                .frozenFeatures())
        .isEqualTo(new FrozenFeatures.Cached(10));
  }

  @Test
  void should_take_the_published_defaults_of_another_type_if_the_type_changes() throws IOException {
    ExperimentConfig config =
        read(
            SMALLEST,
            "arms[0].method.loss={type: focal-softmax, gamma: 1}",
            "arms[0].method.weighting={type: effective-number, normalisation: example-mean}");

    SingleStage method = (SingleStage) config.arms().get(0).method();
    assertThat(method.loss()).isEqualTo(new FocalSoftmax(List.of(), 1));
    assertThat(method.weighting())
        .contains(
            new EffectiveNumber(new EffectiveNumber().beta(), WeightNormalisation.EXAMPLE_MEAN));
  }

  @Test
  void should_keep_what_the_method_chose_if_the_type_it_uses_anyway_is_named() throws IOException {
    ExperimentConfig config =
        read(
            SMALLEST,
            "arms[0].method={type: single-stage, sampler: {type: acme/foo}}",
            "arms[0].method.sampler.window.from=5",
            "arms[0].method.sampler.mode={type: fixed}");

    AcmeSampler sampler = (AcmeSampler) ((SingleStage) config.arms().get(0).method()).sampler();
    assertThat(sampler.window()).isEqualTo(new AcmeSampler.Window(5, 0.5f, true));
    assertThat(sampler.mode()).isEqualTo(new AcmeSampler.Mode.Fixed(3));
  }

  @Test
  void should_read_every_form_of_key_of_a_third_partys_record() throws IOException {
    ExperimentConfig config =
        read(
            SMALLEST,
            """
            arms[0].method.sampler={type: acme/foo, inner: {type: class-balanced},
              losses: [{type: focal-softmax}, {type: balanced-softmax, tau: 0.5}],
              fallback: {type: instance-balanced}, window: {from: 5000000000, open: false},
              mode: {type: free-running}, shares: {a: 1, b: 0.25}}
            """);

    assertThat(((SingleStage) config.arms().get(0).method()).sampler())
        .isEqualTo(
            new AcmeSampler(
                new ClassBalanced(),
                List.of(new FocalSoftmax(), new BalancedSoftmax(0.5)),
                Optional.of(new InstanceBalanced()),
                new AcmeSampler.Window(5_000_000_000L, 0.5f, false),
                new AcmeSampler.Mode.FreeRunning(),
                Map.of("a", 1.0, "b", 0.25)));
  }

  @Test
  void should_apply_overrides_in_their_order() throws IOException {
    ExperimentConfig config =
        read(
            SMALLEST,
            "training.epochs=5",
            "training.epochs=7",
            "seeds=[4, 5]",
            "seeds[1]=6",
            "arms[0]={id: crt, method: {type: crt}}",
            "arms[0].method.learningRate=5e-2",
            "name= other ");

    assertThat(config.training().epochs()).isEqualTo(7);
    assertThat(config.seeds()).containsExactly(4L, 6L);
    assertThat(config.name()).isEqualTo("other");
    assertThat(config.baseline()).isEqualTo("crt");
    assertThat(((Crt) config.arms().get(0).method()).learningRate())
        .isEqualTo(OptionalDouble.of(0.05));
  }

  @Test
  void should_read_the_same_from_json_as_from_yaml() throws IOException {
    ExperimentConfig yaml = read(SMALLEST);
    Path json = folder.resolve("small-study.json");
    Files.writeString(json, mapper.writeValueAsString(yaml));

    assertThat(reader.read(json, List.of())).isEqualTo(yaml);
  }

  @Test
  void should_read_a_resolved_config_back_unchanged() throws IOException {
    ExperimentConfig config = read(SMALLEST, "arms[0].method.sampler={type: acme/foo}");

    String resolved = mapper.writeValueAsString(config);

    assertThat(mapper.readValue(resolved, ExperimentConfig.class)).isEqualTo(config);
  }

  @Test
  void should_refuse_a_metric_of_something_else_than_predictions() throws IOException {
    List<RegisteredPart> parts = new ArrayList<>(registry.parts(PartKind.METRIC));
    parts.add(RegisteredPart.of(PartKind.METRIC, new BoxCount()));
    Registry withBoxes = Registry.of(parts);
    Path file = Files.writeString(folder.resolve("boxes.yaml"), "metrics: [{type: test/boxes}]");
    ConfigReader strict = new ConfigReader(withBoxes, Json.mapper(withBoxes));

    assertThatThrownBy(() -> strict.read(file, List.of()))
        .hasMessageContaining(
            "metrics[0].type: metric \"test/boxes\" does not fit here. Known: balanced-accuracy,"
                + " confusion, per-class-recall, shot-accuracy, top-k");
  }

  @Test
  void should_name_the_path_if_the_file_is_missing() {
    Path missing = folder.resolve("none.yaml");

    assertThatThrownBy(() -> reader.read(missing, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("none.yaml has 1 problem\n1) there is no such file: " + missing);
  }

  @Test
  void should_check_the_same_rules_if_a_config_is_made_by_a_program() throws IOException {
    ExperimentConfig right = read(SMALLEST);

    assertThatThrownBy(
            () ->
                new ExperimentConfig(
                    right.name(),
                    right.dataset(),
                    right.data(),
                    right.model(),
                    right.training(),
                    right.selection(),
                    0,
                    List.of(1L, 1L),
                    "other",
                    right.arms(),
                    right.metrics()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            small-study has 3 problems
            1) threads: expected >= 1, is 0
            2) seeds[1]: seed 1 is already seeds[0]
            3) baseline: no arm has the id "other". Known: softmax""");
  }

  private ExperimentConfig read(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("small-study.yaml");
    Files.writeString(file, yaml);
    return reader.read(file, List.of(overrides));
  }

  /** A metric of another kind of batch. */
  record BoxCount() implements MetricSpec<int[], Long> {
    @Override
    public String typeName() {
      return "test/boxes";
    }

    @Override
    public Long identity(TrainStatistics train) {
      return 0L;
    }

    @Override
    public Long update(Long state, int[] batch) {
      return state + batch.length;
    }

    @Override
    public Long merge(Long a, Long b) {
      return a + b;
    }

    @Override
    public MetricResult compute(Long state) {
      return MetricResult.ofScalars(new TreeMap<>());
    }
  }
}
