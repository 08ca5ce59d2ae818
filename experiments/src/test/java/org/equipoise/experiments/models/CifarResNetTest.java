package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.EnumSet;
import java.util.Map;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.ModelOutputs;
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
import org.junit.jupiter.params.provider.ValueSource;

class CifarResNetTest implements SpecContract<BackboneSpec> {

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
    return new CifarResNet(20);
  }

  @Override
  public String expectedTypeName() {
    return "cifar-resnet";
  }

  @ParameterizedTest
  @CsvSource({"20, 269722", "32, 464154", "56, 853018"})
  void should_have_the_published_number_of_parameters(int depth, long published) {
    Network network = network(new CifarResNet(depth), new Shape(3, 32, 32), 10);

    long learned =
        network.parameters().stream()
            .filter(NamedParameter::learned)
            .mapToLong(named -> named.parameter().getArray().size())
            .sum();

    assertThat(learned).isEqualTo(byFormula((depth - 2) / 6)).isEqualTo(published);
  }

  // Every convolution without bias, scale and shift for each of its channels; then 64 x 10 + 10.
  private static long byFormula(int n) {
    long sum = layer(3, 16);
    int from = 16;
    for (int width : new int[] {16, 32, 64}) {
      sum += layer(from, width) + (2L * n - 1) * layer(width, width);
      from = width;
    }
    return sum + 64 * 10 + 10;
  }

  private static long layer(int from, int to) {
    return 9L * from * to + 2L * to;
  }

  @ParameterizedTest
  @CsvSource({"3, 32, 32", "1, 28, 28", "3, 9, 14", "2, 1, 1"})
  void should_announce_the_shapes_that_it_gives(int channels, int height, int width) {
    Shape input = new Shape(channels, height, width);
    Network network = network(new CifarResNet(8), input, 5);
    FeatureShape announced = new CifarResNet(8).build(input).features();

    ModelOutputs outputs = network.infer(manager.ones(new Shape(2).addAll(input)));

    assertThat(announced.width()).isEqualTo(64);
    assertThat(outputs.features().getShape()).isEqualTo(new Shape(2, 64));
    assertThat(outputs.featureMap().orElseThrow().getShape())
        .isEqualTo(new Shape(2).addAll(announced.map().orElseThrow()));
  }

  // A plain loop over the definition, with statistics that are not the fresh ones and sides that
  // are odd, so that it matters which pixels and which channels a shortcut brings where.
  @Test
  void should_compute_what_the_definition_says() {
    Network network = network(new CifarResNet(8), new Shape(3, 7, 5), 5);
    Disturbance.of(network);
    float[] image = Disturbance.noise("image", 3 * 7 * 5);

    ModelOutputs outputs = network.infer(manager.create(image, new Shape(1, 3, 7, 5)));

    Map<String, NDArray> weights = network.weights();
    double[][][] map =
        PlainMaps.rectified(layer(weights, "backbone.01stem_", 1, PlainMaps.of(image, 3, 7, 5)));
    map = block(weights, "backbone.02block_", 1, map);
    map = block(weights, "backbone.03block_", 2, map);
    map = block(weights, "backbone.04block_", 2, map);
    for (int c = 0; c < 64; c++) {
      double sum = 0;
      for (int h = 0; h < 2; h++) {
        for (int w = 0; w < 2; w++) {
          assertThat((double) outputs.featureMap().orElseThrow().getFloat(0, c, h, w))
              .as("channel %d, row %d, column %d", c, h, w)
              .isCloseTo(map[c][h][w], within(1e-4));
          sum += map[c][h][w];
        }
      }
      assertThat((double) outputs.features().getFloat(0, c)).isCloseTo(sum / 4, within(1e-4));
    }
  }

  private static double[][][] block(
      Map<String, NDArray> weights, String name, int stride, double[][][] input) {
    double[][][] sum =
        layer(
            weights,
            name + "02layer_",
            1,
            PlainMaps.rectified(layer(weights, name + "01layer_", stride, input)));
    int before = (sum.length - input.length) / 2;
    for (int c = 0; c < input.length; c++) {
      for (int h = 0; h < sum[0].length; h++) {
        for (int w = 0; w < sum[0][0].length; w++) {
          sum[before + c][h][w] += input[c][stride * h][stride * w];
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
    Network network = network(new CifarResNet(20), new Shape(3, 8, 8), 5);

    backward(network, manager.create(Disturbance.noise("images", 4 * 192), new Shape(4, 3, 8, 8)));

    assertThat(network.trainable()).hasSize(19 * 3 + 2);
    for (NamedParameter parameter : network.trainable()) {
      assertThat(parameter.parameter().getArray().getGradient().abs().sum().getFloat())
          .as(parameter.name())
          .isPositive();
    }
  }

  @Test
  void should_compute_the_same_if_the_images_lie_channels_last() {
    Network network = network(new CifarResNet(8), new Shape(3, 8, 8), 5);
    NDArray last = manager.create(Disturbance.noise("images", 4 * 192), new Shape(4, 8, 8, 3));
    NDArray view = last.transpose(0, 3, 1, 2);
    NDArray first = manager.create(firsts(last.toFloatArray()), new Shape(4, 3, 8, 8));

    assertThat(view.toFloatArray()).isEqualTo(first.toFloatArray());
    assertClose(network.infer(view).logits(), network.infer(first).logits());

    backward(network, first);
    NDArray gradient = network.weights().get("backbone.01stem_01conv_weight").getGradient();
    NDArray once = gradient.duplicate();
    // Gradients accumulate.
    backward(network, view);
    assertClose(gradient.sub(once), once);
  }

  private static float[] firsts(float[] lasts) {
    float[] firsts = new float[lasts.length];
    for (int i = 0; i < lasts.length; i++) {
      firsts[i / 192 * 192 + i % 3 * 64 + i % 192 / 3] = lasts[i];
    }
    return firsts;
  }

  private static void assertClose(NDArray actual, NDArray expected) {
    float scale = expected.abs().max().getFloat();
    assertThat(scale).isPositive();
    assertThat(actual.sub(expected).abs().max().getFloat()).isLessThan(1e-4f * scale);
  }

  @Test
  void should_keep_nothing_of_a_step_once_its_manager_is_closed() {
    Network network = network(new CifarResNet(8), new Shape(3, 8, 8), 5);
    step(network);
    int before = TorchEngine.managedArrays();

    step(network);

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  private void step(Network network) {
    try (NDManager step = manager.newSubManager()) {
      network.lendTo(step);
      backward(network, step.create(Disturbance.noise("images", 4 * 192), new Shape(4, 3, 8, 8)));
    }
  }

  private static void backward(Network network, NDArray images) {
    network.train(EnumSet.allOf(ModelPart.class));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.forward(images).logits();
      collector.backward(logits.mul(logits).sum());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 2, 18, 33})
  void should_refuse_a_depth_that_is_not_6n_plus_2(int depth) {
    assertThatThrownBy(() -> new CifarResNet(depth))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "depth: expected 6n + 2 with n >= 1, such as 20, 32, 44, 56 or 110, is " + depth);
  }

  @Test
  void should_refuse_what_is_not_an_image() {
    assertThatThrownBy(() -> new CifarResNet().build(new Shape(64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cifar-resnet: takes images (channels, height, width), but the input is (64)");
  }

  private Network network(BackboneSpec spec, Shape input, int classes) {
    return Network.create(manager, spec, new Linear(), input, classes, new RandomStreams(3));
  }
}
