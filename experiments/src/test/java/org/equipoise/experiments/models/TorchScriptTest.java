package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.methods.head.Linear;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a module of four features; see {@code extractor.py} beside it. */
class TorchScriptTest implements SpecContract<BackboneSpec> {

  @TempDir private Path folder;
  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() throws IOException {
    manager = NDManager.newBaseManager();
    try (InputStream in = TorchScriptTest.class.getResourceAsStream("extractor.pt")) {
      Files.copy(in, folder.resolve("extractor.pt"));
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Override
  public BackboneSpec spec() {
    return new TorchScript();
  }

  @Override
  public String expectedTypeName() {
    return "torchscript";
  }

  @Test
  void should_compute_what_pytorch_computes_in_inference_mode_also_if_it_is_trained() {
    try (Network network = network(4)) {
      NDArray inferred = network.infer(inputs()).features();
      NDArray trained = network.forward(inputs()).features();

      assertThat(inferred.getShape()).isEqualTo(new Shape(2, 4));
      float[] expected = {
        0.1072722f,
        0.2141885f,
        0.3581782f,
        0.2687269f,
        0.07890871f,
        0.242987f,
        0.367949f,
        0.2083634f
      };
      assertThat(inferred.toFloatArray()).containsExactly(expected, Offset.offset(1e-5f));
      assertThat(trained.toFloatArray()).isEqualTo(inferred.toFloatArray());
    }
  }

  @Test
  void should_train_the_head_alone() {
    try (Network network = network(4)) {
      assertThat(network.trainable())
          .extracting(NamedParameter::name)
          .containsExactly("head.weight", "head.bias");
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(network.forward(inputs()).logits().sum());
      }
      assertThat(network.weights().get("head.weight").getGradient().abs().sum().getFloat())
          .isPositive();
    }
  }

  @Test
  void should_say_which_file_cannot_be_loaded_and_why() throws IOException {
    Path foreign = Files.writeString(folder.resolve("foreign.pt"), "no module");

    assertThatThrownBy(() -> new TorchScript(foreign.toString(), 4).build(new Shape(3, 5, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("torchscript: " + foreign + " cannot be loaded as TorchScript: ");
    assertThatThrownBy(() -> new TorchScript("gone.pt", 4).build(new Shape(3, 5, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gone.pt cannot be loaded");
  }

  @Test
  void should_say_how_many_features_there_are_if_others_were_announced() {
    try (Network network = network(5)) {
      assertThatThrownBy(() -> network.infer(inputs()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("torchscript: the module returns (2, 4); expected (2, 5)");
    }
  }

  private Network network(int features) {
    BackboneSpec backbone = new TorchScript("extractor.pt", features).foundIn(folder);
    return Network.create(
        manager, backbone, new Linear(), new Shape(3, 5, 5), 3, new RandomStreams(1));
  }

  private NDArray inputs() {
    float[] pixels = new float[2 * 3 * 5 * 5];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 11 / 11f;
    }
    return manager.create(pixels, new Shape(2, 3, 5, 5));
  }
}
