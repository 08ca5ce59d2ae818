package org.equipoise.experiments.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.RealData;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.MobileNetV2;
import org.equipoise.experiments.models.MobileNetV2.Norm;
import org.equipoise.experiments.models.MobileNetV2.Padding;
import org.equipoise.experiments.models.Network;
import org.equipoise.methods.head.Linear;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The MobileNetV2 that was trained on ImageNet, where somebody has it: 16-bit, folded, with
 * TensorFlow's padding and a class for the background.
 */
@Tag("reference")
class RealBackboneTest {

  private static final String PROPERTY = "equipoise.backbones";
  private static final String FILE = "mobilenet_v2_1.0_224_imagenet_f16.safetensors";
  private static final int SIDE = 96;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  // Expected are the figures of a forward pass written in PyTorch 1.13 alone.
  @Test
  void should_compute_the_features_and_logits_that_pytorch_computes() throws IOException {
    Path file = folder().resolve(FILE);
    BackboneSpec backbone = new MobileNetV2(1, Padding.BOTTOM_RIGHT, Norm.FOLDED);
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                backbone,
                new Linear(),
                new Shape(3, SIDE, SIDE),
                1001,
                new RandomStreams(1))) {

      WeightFile.read(file, WeightNames.PYTORCH, backbone, network, EnumSet.allOf(ModelPart.class));

      ModelOutputs outputs = network.infer(noise(manager));
      float[] features = outputs.features().toFloatArray();
      float[] first = {
        0.81665206f, 0.01439426f, 0.32744795f, 0.10983847f, 0, 0.9059217f, 0.3100004f, 0.01418718f
      };
      for (int i = 0; i < first.length; i++) {
        assertThat(features[i]).as("feature %d", i).isCloseTo(first[i], within(1e-3f));
      }
      assertThat(outputs.features().sum().getFloat()).isCloseTo(887.266f, within(0.05f));
      assertThat(outputs.features().gt(0).sum().getLong()).isBetween(836L, 846L);
      assertThat(outputs.logits().argMax(1).getLong()).isEqualTo(829);
      assertThat(outputs.logits().max().getFloat()).isCloseTo(17.4407f, within(5e-3f));
    }
  }

  private static Path folder() {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    Path amongData = RealData.folder().resolve("backbones");
    assumeTrue(Files.isDirectory(amongData), "needs backbones: -D" + PROPERTY + "=FOLDER");
    return amongData;
  }

  private static NDArray noise(NDManager manager) {
    float[] pixels = new float[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      double drawn = ((i * 7919L + i / 1009 * 31L) % 1009) / 1009.0;
      pixels[i] = (float) ((drawn - 0.5) * 2);
    }
    return manager.create(pixels, new Shape(1, 3, SIDE, SIDE));
  }
}
