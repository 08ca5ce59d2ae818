package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.MobileNetV2.Norm;
import org.equipoise.experiments.models.MobileNetV2.Padding;
import org.equipoise.methods.head.Linear;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobileNetV2Test implements SpecContract<BackboneSpec> {

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
    return new MobileNetV2(0.25, Padding.BOTTOM_RIGHT, Norm.BATCH);
  }

  @Override
  public String expectedTypeName() {
    return "mobilenet-v2";
  }

  @Test
  void should_have_the_published_number_of_parameters() {
    assertThat(learned(new MobileNetV2(), 1000)).isEqualTo(3_504_872);
    // Scale and shift of each channel became one bias.
    long channels = 17_056;
    assertThat(learned(new MobileNetV2(1, Padding.BOTTOM_RIGHT, Norm.FOLDED), 1000))
        .isEqualTo(3_504_872 - channels);
  }

  private long learned(BackboneSpec spec, int classes) {
    try (Network network = network(spec, new Shape(3, 32, 32), classes)) {
      return network.parameters().stream()
          .filter(NamedParameter::learned)
          .mapToLong(named -> named.parameter().getArray().size())
          .sum();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "32, 32, BOTH_SIDES, BATCH",
    "33, 70, BOTTOM_RIGHT, FOLDED",
    "1, 2, BOTTOM_RIGHT, BATCH",
    "31, 65, BOTH_SIDES, FOLDED"
  })
  void should_announce_the_shapes_that_it_gives(int height, int width, Padding padding, Norm norm) {
    BackboneSpec spec = new MobileNetV2(0.1, padding, norm);
    Shape input = new Shape(3, height, width);
    Network network = network(spec, input, 5);
    FeatureShape announced = spec.build(input).features();

    ModelOutputs outputs = network.infer(manager.ones(new Shape(2).addAll(input)));

    assertThat(announced.width()).isEqualTo(1280);
    assertThat(outputs.features().getShape()).isEqualTo(new Shape(2, 1280));
    assertThat(outputs.featureMap().orElseThrow().getShape())
        .isEqualTo(new Shape(2).addAll(announced.map().orElseThrow()));
  }

  // With an even side, zeros on both sides let the first pixel be a middle; SAME does not.
  @Test
  void should_look_at_other_pixels_if_padded_at_the_bottom_and_right() {
    for (Padding padding : Padding.values()) {
      ConvolutionUnit unit =
          new ConvolutionUnit(1, 3, 2, 1, new MobileNetV2(1, padding, Norm.FOLDED));
      unit.initialize(manager, ai.djl.ndarray.types.DataType.FLOAT32, new Shape(1, 1, 4, 4));
      unit.getParameters()
          .get("01conv_weight")
          .getArray()
          .set(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
      NDArray image = manager.arange(16f).reshape(1, 1, 4, 4);

      NDArray middles =
          Layers.apply(unit, new ai.djl.training.ParameterStore(manager, false), image, false);

      float[] expected =
          padding == Padding.BOTH_SIDES ? new float[] {0, 2, 8, 10} : new float[] {5, 7, 13, 15};
      assertThat(middles.toFloatArray()).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void should_reach_every_parameter_with_a_gradient() {
    for (Norm norm : Norm.values()) {
      Network network =
          network(new MobileNetV2(0.1, Padding.BOTTOM_RIGHT, norm), new Shape(3, 64, 64), 5);
      NDArray images =
          manager.create(Disturbance.noise("images", 2 * 3 * 64 * 64), new Shape(2, 3, 64, 64));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = network.forward(images).logits();
        collector.backward(logits.mul(logits).sum());
      }

      assertThat(network.trainable())
          .allSatisfy(
              named ->
                  assertThat(named.parameter().getArray().getGradient().abs().sum().getFloat())
                      .as(named.name())
                      .isPositive());
    }
  }

  @Test
  void should_refuse_what_makes_no_network() {
    assertThatThrownBy(() -> new MobileNetV2(0, Padding.BOTH_SIDES, Norm.BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width: expected > 0, is 0.0");
    assertThatThrownBy(() -> new MobileNetV2().build(new Shape(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mobilenet-v2: takes images");
  }

  private Network network(BackboneSpec spec, Shape input, int classes) {
    return Network.create(manager, spec, new Linear(), input, classes, new RandomStreams(3));
  }
}
