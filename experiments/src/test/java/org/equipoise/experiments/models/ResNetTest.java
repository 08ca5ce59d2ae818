package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.initializer.Initializer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Linear;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest implements SpecContract<BackboneSpec> {

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

  @Override
  public BackboneSpec spec() {
    return new ResNet(50, 32, 4);
  }

  @Override
  public String expectedTypeName() {
    return "resnet";
  }

  @ParameterizedTest
  @CsvSource({
    "18, 1, 64, 11689512",
    "34, 1, 64, 21797672",
    "50, 1, 64, 25557032",
    "101, 1, 64, 44549160",
    "152, 1, 64, 60192808",
    "50, 32, 4, 25028904"
  })
  void should_have_the_published_number_of_parameters(
      int depth, int groups, int groupWidth, long published) {
    Backbone backbone = new ResNet(depth, groups, groupWidth).build(new Shape(3, 224, 224));
    backbone.block().setInitializer(Initializer.ZEROS, parameter -> true);
    backbone.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 224, 224));

    long learned =
        backbone.block().getParameters().values().stream()
            .filter(Parameter::requiresGradient)
            .mapToLong(parameter -> parameter.getArray().size())
            .sum();

    long head = backbone.features().width() * 1000 + 1000;
    assertThat(learned + head).isEqualTo(published);
  }

  // A plain loop over the definition. The images are so small that the last maps have two pixels.
  @ParameterizedTest
  @CsvSource({"10, 1, 64", "50, 32, 4"})
  void should_compute_what_the_definition_says(int depth, int groups, int groupWidth) {
    ResNet spec = new ResNet(depth, groups, groupWidth);
    Network network = network(spec, new Shape(3, 39, 23));
    Disturbance.of(network);
    float[] image = Disturbance.noise("image", 3 * 39 * 23);

    NDArray actual =
        network.infer(manager.create(image, new Shape(1, 3, 39, 23))).featureMap().orElseThrow();

    double[][][] expected = plain(network.weights(), PlainMaps.of(image, 3, 39, 23));
    assertThat(actual.getShape())
        .isEqualTo(new Shape(1).addAll(spec.build(new Shape(3, 39, 23)).features().map().get()))
        .isEqualTo(new Shape(1, expected.length, 2, 1));
    double scale =
        Arrays.stream(expected)
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .max()
            .orElseThrow();
    float[] values = actual.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i / 2][i % 2][0], within(1e-4 * scale));
    }
  }

  private static double[][][] plain(Map<String, NDArray> weights, double[][][] image) {
    double[][][] map =
        PlainMaps.pooled(PlainMaps.rectified(layer(weights, "backbone.01stem_", 2, image)));
    int next = 2;
    String name = "backbone.02block_";
    while (weights.containsKey(name + "01layer_01conv_weight")) {
      map = block(weights, name, map);
      next++;
      name = String.format(Locale.ROOT, "backbone.%02dblock_", next);
    }
    return map;
  }

  private static double[][][] block(Map<String, NDArray> weights, String name, double[][][] input) {
    boolean bottleneck = weights.containsKey(name + "03layer_01conv_weight");
    String shortcut = name + (bottleneck ? "04" : "03") + "shortcut_";
    boolean projected = weights.containsKey(shortcut + "01conv_weight");
    int outputs =
        (int)
            weights
                .get(name + (bottleneck ? "03" : "02") + "layer_01conv_weight")
                .getShape()
                .get(0);
    // The first block of the first group changes channels at most, to 64 or 256.
    int stride = projected && outputs != (bottleneck ? 256 : 64) ? 2 : 1;
    double[][][] sum = layer(weights, name + "01layer_", bottleneck ? 1 : stride, input);
    sum = layer(weights, name + "02layer_", bottleneck ? stride : 1, PlainMaps.rectified(sum));
    if (bottleneck) {
      sum = layer(weights, name + "03layer_", 1, PlainMaps.rectified(sum));
    }
    double[][][] brought = projected ? layer(weights, shortcut, stride, input) : input;
    for (int c = 0; c < sum.length; c++) {
      for (int h = 0; h < sum[c].length; h++) {
        for (int w = 0; w < sum[c][h].length; w++) {
          sum[c][h][w] += brought[c][h][w];
        }
      }
    }
    return PlainMaps.rectified(sum);
  }

  private static double[][][] layer(
      Map<String, NDArray> weights, String name, int stride, double[][][] input) {
    return PlainMaps.normalised(
        weights,
        name + "02norm_",
        PlainMaps.convolved(weights.get(name + "01conv_weight"), stride, input));
  }

  @Test
  void should_give_gradients_to_every_learned_parameter() {
    Network network = network(new ResNet(10, 1, 64), new Shape(3, 40, 40));
    NDArray images = manager.create(Disturbance.noise("images", 4 * 4800), new Shape(4, 3, 40, 40));

    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.forward(images).logits();
      collector.backward(logits.mul(logits).sum());
    }

    assertThat(network.trainable()).hasSize((9 + 3) * 3 + 2);
    for (NamedParameter parameter : network.trainable()) {
      assertThat(parameter.parameter().getArray().getGradient().abs().sum().getFloat())
          .as(parameter.name())
          .isPositive();
    }
  }

  @Test
  void should_refuse_what_is_no_such_network() {
    assertThatThrownBy(() -> new ResNet(20, 1, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth: expected one of [10, 18, 34, 50, 101, 152], is 20");
    assertThatThrownBy(() -> new ResNet(18, 32, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups: expected >= 1, and 1 below depth 50, is 32 at depth 18");
    assertThatThrownBy(() -> new ResNet(18, 1, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groupWidth: expected >= 1, and 64 below depth 50, is 128 at depth 18");
    assertThatThrownBy(() -> new ResNet().build(new Shape(64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resnet: takes images (channels, height, width), but the input is (64)");
  }

  private Network network(ResNet spec, Shape input) {
    return Network.create(manager, spec, new Linear(), input, 5, new RandomStreams(3));
  }
}
