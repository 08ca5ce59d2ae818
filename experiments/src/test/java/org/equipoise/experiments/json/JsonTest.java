package org.equipoise.experiments.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.TopK;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.parts.AcmeSampler;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.methods.SingleStage;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.ClassBalanced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private final ObjectMapper mapper = Json.mapper(KnownParts.registry());

  @Test
  void should_name_a_part_by_its_type_and_write_its_components() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(new BalancedSoftmax(0.5)))
        .isEqualTo("{\"type\":\"balanced-softmax\",\"tau\":0.5,\"prior\":\"train-counts\"}");
    assertThat(
            mapper.readValue(
                "{\"type\":\"balanced-softmax\",\"tau\":1,\"prior\":\"train-counts\"}",
                LossSpec.class))
        .isEqualTo(new BalancedSoftmax(1));
  }

  @Test
  void should_read_back_parts_in_parts() throws JsonProcessingException {
    MethodSpec method =
        new SingleStage(
            new FocalSoftmax(List.of(0.5, 1.0), 2),
            new AcmeSampler(),
            Optional.empty(),
            Reduction.WEIGHT_MEAN,
            Optional.of(new Linear()),
            List.of());

    String json = mapper.writeValueAsString(method);

    assertThat(json).contains("\"reduction\":\"weight-mean\"", "\"weighting\":null");
    assertThat(mapper.readValue(json, MethodSpec.class)).isEqualTo(method);
  }

  @Test
  void should_read_back_a_list_of_metrics_of_predictions() throws JsonProcessingException {
    List<MetricSpec<Predictions, ?>> metrics = List.of(new TopK(3), new BalancedAccuracy());
    TypeReference<List<MetricSpec<Predictions, ?>>> type = new TypeReference<>() {};

    String json = mapper.writerFor(type).writeValueAsString(metrics);

    assertThat(json).contains("{\"type\":\"top-k\",\"k\":3}");
    assertThat(mapper.readValue(json, type)).isEqualTo(metrics);
  }

  @Test
  void should_read_back_a_stage_with_its_start() throws JsonProcessingException {
    StageSpec stage =
        StageSpec.of("second", new CrossEntropy(), new ClassBalanced())
            .starting(new Start.After("first", Start.HeadStart.KEEP), Set.of(ModelPart.HEAD))
            .lasting(OptionalInt.of(5), OptionalDouble.empty(), Optional.of(new Cosine()));

    String json = mapper.writeValueAsString(stage);

    assertThat(json).contains("{\"type\":\"after\",\"stage\":\"first\",\"head\":\"keep\"}");
    assertThat(mapper.readValue(json, StageSpec.class)).isEqualTo(stage);
  }

  @Test
  void should_name_the_choice_of_a_closed_set() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(new Selection.Last())).isEqualTo("{\"type\":\"last\"}");
    assertThat(mapper.readValue("{\"type\":\"last\"}", Selection.class))
        .isEqualTo(new Selection.Last());
  }

  @Test
  void should_leave_out_a_getter_that_is_no_component() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(new AcmeSampler())).doesNotContain("special");
  }

  @Test
  void should_tell_parts_of_one_name_apart_by_their_kind() throws JsonProcessingException {
    String written = "{\"type\":\"class-balanced\",\"perClass\":1,\"cycling\":false}";

    assertThat(mapper.readValue(written, SamplerSpec.class)).isEqualTo(new ClassBalanced());
    assertThatThrownBy(() -> mapper.readValue(written, ClassWeightingSpec.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void should_read_back_what_the_training_shares() throws JsonProcessingException {
    TrainingConfig training =
        new TrainingConfig(
            2, 8, new Sgd(), new Cosine(), List.of(), OptionalDouble.empty(), Optional.empty());

    assertThat(mapper.readValue(mapper.writeValueAsString(training), TrainingConfig.class))
        .isEqualTo(training);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"top-k\"}",
        "{\"type\":\"top-k\",\"k\":null}",
        "{\"type\":\"top-k\",\"k\":1.5}",
        "{\"type\":\"top-k\",\"k\":1.0}",
        "{\"type\":\"top-k\",\"k\":\"1\"}",
        "{\"type\":\"top-k\",\"k\":true}",
        "{\"type\":\"top-k\",\"k\":[1]}",
        "{\"type\":\"top-k\",\"k\":3000000000}",
        "{\"type\":\"top-k\",\"k\":1,\"k\":2}",
        "{\"type\":\"top-k\",\"k\":1,\"depth\":2}",
        "{\"type\":\"top-k\",\"k\":1} {}",
        "{\"type\":\"top-k\",\"k\":0}",
        "{\"type\":\"Top-K\",\"k\":1}",
        "{\"k\":1}",
        "\"top-k\"",
        "\"\""
      })
  void should_refuse_what_jackson_would_bend_into_shape(String json) {
    TypeReference<MetricSpec<Predictions, ?>> type = new TypeReference<>() {};

    assertThatThrownBy(() -> mapper.readValue(json, type))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"sgd\",\"learningRate\":\"0.1\",\"momentum\":0.9,\"weightDecay\":0,"
            + "\"nesterov\":false,\"decayBiasAndNorm\":true}",
        "{\"type\":\"sgd\",\"learningRate\":0.1,\"momentum\":0.9,\"weightDecay\":0,"
            + "\"nesterov\":1,\"decayBiasAndNorm\":true}",
        "{\"type\":\"sgd\",\"learningRate\":0.1,\"momentum\":0.9,\"weightDecay\":0,"
            + "\"nesterov\":\"false\",\"decayBiasAndNorm\":true}",
        "{\"type\":\"sgd\",\"learningRate\":true,\"momentum\":0.9,\"weightDecay\":0,"
            + "\"nesterov\":false,\"decayBiasAndNorm\":true}",
        "{\"type\":\"sgd\",\"learningRate\":0.1,\"momentum\":0.9,\"weightDecay\":\"\","
            + "\"nesterov\":false,\"decayBiasAndNorm\":true}"
      })
  void should_refuse_scalars_of_another_type(String json) {
    assertThatThrownBy(() -> mapper.readValue(json, Sgd.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"KEEP\"", "\"Keep\"", "0", "\"0\"", "\"\""})
  void should_refuse_an_enum_constant_if_it_is_not_spelled_exactly(String json) {
    assertThatThrownBy(() -> mapper.readValue(json, Start.HeadStart.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void should_read_a_whole_number_where_a_real_one_belongs() throws JsonProcessingException {
    assertThat(mapper.readValue("2", double.class)).isEqualTo(2.0);
  }
}
