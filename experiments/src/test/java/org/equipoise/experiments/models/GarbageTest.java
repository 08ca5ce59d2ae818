package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Cosine;
import org.equipoise.methods.head.DisAlign;
import org.equipoise.methods.head.Linear;
import org.equipoise.methods.head.Lws;
import org.equipoise.methods.head.Ncm;
import org.equipoise.methods.head.SimplexEtf;
import org.equipoise.methods.head.TauNorm;
import org.equipoise.testkit.Garbage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No backward pass through a network needs memory that a garbage collection may have freed. */
class GarbageTest {

  private static final int CLASSES = 3;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Stream<Arguments> networks() {
    Stream<HeadSpec> heads =
        Stream.of(
            new Cosine(),
            new DisAlign(),
            new Linear(),
            new Lws(),
            new Ncm(),
            new Ncm(Ncm.Features.PLAIN, Ncm.Distance.COSINE),
            new SimplexEtf(),
            new TauNorm());
    Stream<BackboneSpec> backbones =
        Stream.of(
            new SmallCnn(),
            new CifarResNet(20),
            new ResNet(18, 1, 64),
            new MobileNetV2(0.1, MobileNetV2.Padding.BOTTOM_RIGHT, MobileNetV2.Norm.BATCH));
    return Stream.concat(
        heads.map(head -> Arguments.of(new Mlp(), head)),
        backbones.map(backbone -> Arguments.of(backbone, new Linear())));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void should_have_the_same_gradients_if_garbage_is_collected_before(
      BackboneSpec backbone, HeadSpec head) {
    Shape shape = new Shape(3, 32, 32);
    RandomStreams random = new RandomStreams(5);
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.create(manager, backbone, head, shape, CLASSES, random)) {
      NDArray images =
          manager.create(Disturbance.noise("images", 2 * 3 * 32 * 32), new Shape(2, 3, 32, 32));

      float[][] gradients = gradients(network, images, () -> {});

      assertThat(gradients).isNotEmpty();
      // Not number by number: there are millions.
      assertThat(Arrays.deepEquals(gradients(network, images, Garbage::collect), gradients))
          .isTrue();
    }
  }

  private static float[][] gradients(Network network, NDArray images, Runnable between) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.forward(images).logits();
      NDArray value = logits.mul(logits).sum();
      between.run();
      collector.backward(value);
    }
    List<float[]> gradients = new ArrayList<>();
    for (NamedParameter named : network.trainable()) {
      NDArray array = named.parameter().getArray();
      TorchEngine.gradient(array).ifPresent(gradient -> gradients.add(gradient.toFloatArray()));
      TorchEngine.zeroGradient(array);
    }
    return gradients.toArray(float[][]::new);
  }
}
