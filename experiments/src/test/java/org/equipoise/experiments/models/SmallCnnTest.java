package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Linear;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SmallCnnTest implements SpecContract<BackboneSpec> {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Override
  public BackboneSpec spec() {
    return new SmallCnn(List.of(4, 8));
  }

  @Override
  public String expectedTypeName() {
    return "small-cnn";
  }

  @Test
  void should_announce_the_shapes_that_it_gives() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Shape input : List.of(new Shape(1, 28, 28), new Shape(3, 9, 14))) {
        Network network = network(manager, new SmallCnn(), input);
        FeatureShape announced = new SmallCnn().build(input).features();

        ModelOutputs outputs = network.infer(manager.ones(new Shape(2).addAll(input)));

        assertThat(outputs.features().getShape()).isEqualTo(new Shape(2, announced.width()));
        assertThat(outputs.featureMap().orElseThrow().getShape())
            .isEqualTo(new Shape(2).addAll(announced.map().orElseThrow()));
      }
    }
  }

  // A plain loop over the definition, with statistics that are not the fresh ones.
  @Test
  void should_compute_convolution_normalisation_relu_pooling_and_average() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network = network(manager, new SmallCnn(List.of(2, 3)), new Shape(2, 4, 4));
      RandomStreams random = new RandomStreams(7);
      Map<String, NDArray> others = new HashMap<>();
      for (NamedParameter parameter : network.parameters()) {
        NDArray array = parameter.parameter().getArray();
        float[] values = new float[(int) array.size()];
        RandomGenerator draws = random.stream(parameter.name());
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5f + draws.nextFloat() * (i % 2 == 0 ? 1 : -0.4f);
        }
        others.put(parameter.name(), manager.create(values, array.getShape()));
      }
      network.restore(others);
      float[] image = new float[2 * 4 * 4];
      RandomGenerator draws = random.stream("image");
      for (int i = 0; i < image.length; i++) {
        image[i] = draws.nextFloat() - 0.5f;
      }

      ModelOutputs outputs = network.infer(manager.create(image, new Shape(1, 2, 4, 4)));

      double[][][] map = block(network, 1, PlainMaps.of(image, 2, 4, 4));
      map = block(network, 3, halved(map));
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        for (int h = 0; h < 2; h++) {
          for (int w = 0; w < 2; w++) {
            assertThat((double) outputs.featureMap().orElseThrow().getFloat(0, c, h, w))
                .isCloseTo(map[c][h][w], within(1e-5));
            sum += map[c][h][w];
          }
        }
        assertThat((double) outputs.features().getFloat(0, c)).isCloseTo(sum / 4, within(1e-5));
      }
    }
  }

  private static double[][][] block(Network network, int first, double[][][] input) {
    NDArray kernel =
        network.weights().get(String.format(Locale.ROOT, "backbone.%02dconv_weight", first));
    String norm = String.format(Locale.ROOT, "backbone.%02dnorm_", first + 1);
    return PlainMaps.rectified(
        PlainMaps.normalised(network.weights(), norm, PlainMaps.convolved(kernel, 1, input)));
  }

  private static double[][][] halved(double[][][] input) {
    int side = input[0].length / 2;
    double[][][] result = new double[input.length][side][side];
    for (int c = 0; c < input.length; c++) {
      for (int h = 0; h < side; h++) {
        for (int w = 0; w < side; w++) {
          result[c][h][w] =
              Math.max(
                  Math.max(input[c][2 * h][2 * w], input[c][2 * h][2 * w + 1]),
                  Math.max(input[c][2 * h + 1][2 * w], input[c][2 * h + 1][2 * w + 1]));
        }
      }
    }
    return result;
  }

  @Test
  void should_refuse_images_that_are_too_small() {
    assertThatThrownBy(() -> new SmallCnn().build(new Shape(1, 28, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "small-cnn: takes images (channels, height, width) of at least 4 pixels a side for 3"
                + " widths, but the input is (1, 28, 3)");
  }

  @Test
  void should_refuse_widths_that_make_no_network() {
    assertThatThrownBy(() -> new SmallCnn(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("widths: expected at least one, is []");
    assertThatThrownBy(() -> new SmallCnn(List.of(8, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("widths: expected each >= 1, is [8, 0]");
  }

  private static Network network(NDManager manager, BackboneSpec spec, Shape input) {
    return Network.create(manager, spec, new Linear(), input, 5, new RandomStreams(3));
  }
}
