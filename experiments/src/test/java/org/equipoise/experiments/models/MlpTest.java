package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Linear;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MlpTest implements SpecContract<BackboneSpec> {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Override
  public BackboneSpec spec() {
    return new Mlp(List.of(8, 4));
  }

  @Override
  public String expectedTypeName() {
    return "mlp";
  }

  @Test
  void should_compute_relu_of_each_layers_sums() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network =
          Network.create(
              manager,
              new Mlp(List.of(3, 2)),
              new Linear(),
              new Shape(1, 2, 2),
              2,
              new RandomStreams(5));
      float[] image = {0.5f, -1, 2, 0.25f};

      ModelOutputs outputs = network.infer(manager.create(image, new Shape(1, 1, 2, 2)));

      Map<String, NDArray> weights = network.weights();
      double[] first =
          layer(
              weights.get("backbone.01linear_weight"),
              weights.get("backbone.01linear_bias"),
              new double[] {0.5, -1, 2, 0.25});
      double[] second =
          layer(
              weights.get("backbone.02linear_weight"),
              weights.get("backbone.02linear_bias"),
              first);
      assertThat(outputs.featureMap()).isEmpty();
      for (int d = 0; d < 2; d++) {
        assertThat((double) outputs.features().getFloat(0, d)).isCloseTo(second[d], within(1e-6));
      }
    }
  }

  private static double[] layer(NDArray weight, NDArray bias, double[] input) {
    double[] output = new double[(int) weight.getShape().get(0)];
    for (int o = 0; o < output.length; o++) {
      double sum = bias.getFloat(o);
      for (int i = 0; i < input.length; i++) {
        sum += weight.getFloat(o, i) * input[i];
      }
      output[o] = Math.max(0, sum);
    }
    return output;
  }

  @Test
  void should_hand_on_the_flattened_inputs_if_there_is_no_hidden_layer() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network =
          Network.create(
              manager,
              new Mlp(List.of()),
              new Linear(),
              new Shape(1, 2, 2),
              2,
              new RandomStreams(5));

      NDArray features =
          network
              .infer(manager.create(new float[] {1, -2, 3, 4}, new Shape(1, 1, 2, 2)))
              .features();

      assertThat(features.getShape()).isEqualTo(new Shape(1, 4));
      assertThat(features.toFloatArray()).containsExactly(1, -2, 3, 4);
    }
  }

  @Test
  void should_refuse_an_empty_layer() {
    assertThatThrownBy(() -> new Mlp(List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden: expected each >= 1, is [0]");
  }
}
