package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Cosine;
import org.equipoise.methods.head.Linear;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final Shape INPUT = new Shape(1, 8, 8);

  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void should_name_its_parameters_in_a_fixed_order() {
    assertThat(network(new Linear(), 1).parameters())
        .extracting(NamedParameter::name)
        .containsExactly(
            "backbone.01conv_weight",
            "backbone.02norm_gamma",
            "backbone.02norm_beta",
            "backbone.02norm_runningMean",
            "backbone.02norm_runningVar",
            "backbone.03conv_weight",
            "backbone.04norm_gamma",
            "backbone.04norm_beta",
            "backbone.04norm_runningMean",
            "backbone.04norm_runningVar",
            "head.weight",
            "head.bias");
  }

  @Test
  void should_decay_weights_but_no_biases_or_normalisation() {
    assertThat(network(new Linear(), 1).parameters())
        .filteredOn(NamedParameter::decayed)
        .extracting(NamedParameter::name)
        .containsExactly("backbone.01conv_weight", "backbone.03conv_weight", "head.weight");
  }

  @Test
  void should_draw_initial_values_from_seed_and_name_alone() {
    Map<String, float[]> values = values(network(new Linear(), 1));

    manager.randomUniform(0, 1, new Shape(7));
    Map<String, float[]> again = values(network(new Linear(), 1));
    Map<String, float[]> otherHead = values(network(new Cosine(), 1));
    Map<String, float[]> otherSeed = values(network(new Linear(), 2));

    values.forEach((name, value) -> assertThat(again.get(name)).as(name).isEqualTo(value));
    for (String name : List.of("backbone.01conv_weight", "backbone.03conv_weight")) {
      assertThat(otherHead.get(name)).as(name).isEqualTo(values.get(name));
      assertThat(otherSeed.get(name)).as(name).isNotEqualTo(values.get(name));
    }
    assertThat(otherSeed.get("head.weight")).isNotEqualTo(values.get("head.weight"));
  }

  @Test
  void should_start_weights_kaiming_normal_and_normalisation_as_identity() {
    Network network =
        Network.create(
            manager, new SmallCnn(List.of(32, 64)), new Linear(), INPUT, 3, new RandomStreams(11));
    Map<String, float[]> values = values(network);

    // 64 filters of 32 x 3 x 3 inputs: standard deviation sqrt(2 / 288).
    float[] weights = values.get("backbone.03conv_weight");
    double squares = 0;
    double sum = 0;
    for (float weight : weights) {
      squares += weight * weight;
      sum += weight;
    }
    double deviation = Math.sqrt(2.0 / 288);
    assertThat(sum / weights.length).isCloseTo(0, within(5 * deviation / Math.sqrt(18432)));
    assertThat(Math.sqrt(squares / weights.length)).isCloseTo(deviation, within(0.03 * deviation));
    assertThat(values.get("backbone.02norm_gamma")).containsOnly(1);
    assertThat(values.get("backbone.02norm_beta")).containsOnly(0);
    assertThat(values.get("backbone.02norm_runningMean")).containsOnly(0);
    assertThat(values.get("backbone.02norm_runningVar")).containsOnly(1);
  }

  @Test
  void should_give_gradients_to_trained_parts_only() {
    for (Set<ModelPart> parts :
        List.of(
            Set.of(ModelPart.BACKBONE),
            Set.of(ModelPart.HEAD),
            Set.of(ModelPart.BACKBONE, ModelPart.HEAD))) {
      Network network = network(new Linear(), 1);
      network.train(parts);

      backward(network);

      for (NamedParameter parameter : network.parameters()) {
        boolean trained = parameter.learned() && parts.contains(parameter.part());
        NDArray array = parameter.parameter().getArray();
        assertThat(array.hasGradient()).as(parameter.name()).isEqualTo(trained);
        if (trained) {
          assertThat(array.getGradient().abs().sum().getFloat()).as(parameter.name()).isPositive();
        }
      }
      assertThat(network.trainable()).allMatch(p -> p.learned() && parts.contains(p.part()));
    }
  }

  @Test
  void should_move_running_statistics_only_if_the_backbone_is_trained() {
    String name = "backbone.02norm_runningMean";
    Network network = network(new Linear(), 1);

    network.train(Set.of(ModelPart.HEAD));
    backward(network);
    network.infer(inputs());
    assertThat(values(network).get(name)).containsOnly(0);

    network.train(Set.of(ModelPart.BACKBONE));
    network.infer(inputs());
    assertThat(values(network).get(name)).containsOnly(0);
    backward(network);
    assertThat(values(network).get(name)).doesNotContain(0);
  }

  @Test
  void should_train_a_part_again_if_it_was_frozen_before() {
    Network network = network(new Linear(), 1);
    network.train(Set.of(ModelPart.HEAD));
    network.train(Set.of(ModelPart.BACKBONE, ModelPart.HEAD));

    assertThat(network.trainable())
        .extracting(NamedParameter::name)
        .contains("backbone.01conv_weight", "head.bias")
        .doesNotContain("backbone.02norm_runningMean");
    backward(network);
    assertThat(network.weights().get("backbone.01conv_weight").hasGradient()).isTrue();
    assertThat(network.weights().get("backbone.02norm_runningMean").hasGradient()).isFalse();
  }

  @Test
  void should_compute_the_same_after_restoring_into_another_network() {
    Network from = network(new Linear(), 1);
    backward(from);
    Network to = network(new Linear(), 2);

    to.restore(from.weights());

    assertThat(to.infer(inputs()).logits().toFloatArray())
        .isEqualTo(from.infer(inputs()).logits().toFloatArray());
    assertThat(to.weights().get("head.weight").hasGradient()).isTrue();
  }

  @Test
  void should_take_over_the_backbone_alone_if_the_head_starts_anew() {
    Network from = network(new Linear(), 1);
    Network to = network(new Cosine(), 2);
    float[] fresh = values(to).get("head.weight");

    to.takeOver(from.weights(), Set.of(ModelPart.BACKBONE));

    assertThat(values(to).get("backbone.01conv_weight"))
        .isEqualTo(values(from).get("backbone.01conv_weight"));
    assertThat(values(to).get("head.weight")).isEqualTo(fresh);
  }

  @Test
  void should_keep_fresh_values_of_a_head_for_what_was_not_saved() {
    Network from = network(new Linear(false), 1);
    Network to = network(new Linear(true), 2);
    float[] fresh = values(to).get("head.bias");

    to.takeOver(from.weights(), Set.of(ModelPart.BACKBONE, ModelPart.HEAD));

    assertThat(values(to).get("head.weight")).isEqualTo(values(from).get("head.weight"));
    assertThat(values(to).get("head.bias")).isEqualTo(fresh);
  }

  @Test
  void should_refuse_to_lose_a_saved_array() {
    Network from = network(new Linear(true), 1);
    Network to = network(new Linear(false), 2);

    assertThatThrownBy(
            () -> to.takeOver(from.weights(), Set.of(ModelPart.BACKBONE, ModelPart.HEAD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("weights: no parameter for array head.bias");
  }

  @Test
  void should_refuse_saved_arrays_that_are_missing_or_of_another_shape() {
    Network network = network(new Linear(), 1);
    Map<String, NDArray> missing = new HashMap<>(network.weights());
    missing.remove("backbone.02norm_runningVar");
    Map<String, NDArray> reshaped = new HashMap<>(network.weights());
    reshaped.put("head.bias", manager.ones(new Shape(4)));

    assertThatThrownBy(() -> network.restore(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "weights: no array for parameter backbone.02norm_runningVar; there are ");
    assertThatThrownBy(() -> network.restore(reshaped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weights: head.bias has shape (3) and type float32, but the array is (4) float32");
  }

  // The cosine head computes with its own rows first: the results belong to the rows' manager.
  @Test
  void should_keep_nothing_of_a_step_once_its_manager_is_closed() {
    Network network = network(new Cosine(), 1);
    step(network);
    int before = TorchEngine.managedArrays();

    step(network);

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
    assertThat(network.weights().get("head.weight").toFloatArray()).isNotEmpty();
  }

  private void step(Network network) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      network.lendTo(step);
      NDArray images = step.ones(new Shape(4, 1, 8, 8));
      NDArray rows = network.weights().get("head.weight").mul(2);
      collector.backward(network.forward(images).logits().sum().add(rows.sum()));
      network.weights().get("head.weight").getGradient();
    }
  }

  private void backward(Network network) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.forward(inputs()).logits();
      collector.backward(logits.mul(logits).sum());
    }
  }

  private NDArray inputs() {
    float[] pixels = new float[4 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 31 % 17) / 17f;
    }
    return NoGrad.call(() -> manager.create(pixels, new Shape(4, 1, 8, 8)));
  }

  private Network network(HeadSpec head, long seed) {
    return Network.create(
        manager, new SmallCnn(List.of(2, 4)), head, INPUT, 3, new RandomStreams(seed));
  }

  private static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new HashMap<>();
    network.weights().forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }
}
