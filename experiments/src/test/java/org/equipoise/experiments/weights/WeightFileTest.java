package org.equipoise.experiments.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.CifarResNet;
import org.equipoise.experiments.models.MobileNetV2;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.models.ResNet;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.methods.head.Linear;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {

  private static final Set<ModelPart> ALL = EnumSet.allOf(ModelPart.class);
  private static final Set<ModelPart> BACKBONE = Set.of(ModelPart.BACKBONE);
  private static final BackboneSpec SMALL = new CifarResNet(8);

  @TempDir private Path folder;
  private NDManager manager;
  private Path file;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    file = folder.resolve("weights.safetensors");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Stream<Arguments> references() {
    return Stream.of(
        Arguments.of("cifar-resnet-20", new CifarResNet(20)),
        Arguments.of("resnet-10", new ResNet(10, 1, 64)),
        Arguments.of(
            "mobilenet-v2-0.35",
            new MobileNetV2(0.35, MobileNetV2.Padding.BOTH_SIDES, MobileNetV2.Norm.BATCH)),
        Arguments.of("resnet-50", new ResNet(50, 1, 64)),
        Arguments.of("resnext-50", new ResNet(50, 32, 4)));
  }

  @ParameterizedTest
  @MethodSource("references")
  void should_compute_what_pytorch_computes_if_read_from_its_state_dict(
      String name, BackboneSpec backbone) throws IOException {
    TorchReference reference = TorchReference.of(name);
    TensorFile.write(file, reference.weights(manager));
    Network network = network(backbone, reference.side());

    WeightFile.read(file, WeightNames.PYTORCH, backbone, network, ALL);

    float[] logits = network.infer(reference.images(manager)).logits().toFloatArray();
    assertThat(logits).hasSameSizeAs(reference.logits());
    for (int i = 0; i < logits.length; i++) {
      double expected = reference.logits()[i];
      assertThat((double) logits[i])
          .as("logit %d", i)
          .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void should_write_the_names_shapes_and_values_that_pytorch_has(String name, BackboneSpec backbone)
      throws IOException {
    TorchReference reference = TorchReference.of(name);
    Map<String, NDArray> expected = reference.weights(manager);
    expected.keySet().removeIf(key -> key.endsWith("num_batches_tracked"));
    Network network = network(backbone, reference.side());
    TensorFile.write(file, expected);
    WeightFile.read(file, WeightNames.PYTORCH, backbone, network, ALL);
    Path written = folder.resolve("written.safetensors");

    WeightFile.write(written, WeightNames.PYTORCH, backbone, network.weights());

    Map<String, NDArray> found = TensorFile.read(manager, written);
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach((key, array) -> assertThat(found.get(key)).as(key).isEqualTo(array));
  }

  @Test
  void should_look_through_what_wraps_a_network_in_checkpoints() throws IOException {
    Map<String, NDArray> wrapped = new LinkedHashMap<>();
    torch(SMALL)
        .forEach(
            (name, array) ->
                wrapped.put(
                    name.startsWith("linear.")
                        ? name.replace("linear.", "classifier.module.fc.")
                        : "feat_model.module." + name,
                    array));
    TensorFile.write(file, wrapped);
    Network network = network(SMALL, 8);

    WeightFile.read(file, WeightNames.PYTORCH, SMALL, network, ALL);

    assertThat(network.weights().get("head.bias"))
        .isEqualTo(wrapped.get("classifier.module.fc.bias"));
    assertThat(network.weights().get("backbone.02block_01layer_02norm_runningVar"))
        .isEqualTo(wrapped.get("feat_model.module.layer1.0.bn1.running_var"));
  }

  @Test
  void should_pass_over_a_classifier_of_other_classes_if_only_the_backbone_is_wanted()
      throws IOException {
    Map<String, NDArray> weights = torch(SMALL);
    weights.put("linear.weight", manager.ones(new Shape(1000, 64)));
    weights.put("linear.bias", manager.ones(new Shape(1000)));
    TensorFile.write(file, weights);
    Network network = network(SMALL, 8);
    NDArray fresh = network.weights().get("head.weight").duplicate();

    WeightFile.read(file, WeightNames.PYTORCH, SMALL, network, BACKBONE);

    assertThat(network.weights().get("head.weight")).isEqualTo(fresh);
    assertThat(network.weights().get("backbone.01stem_01conv_weight"))
        .isEqualTo(weights.get("conv1.weight"));
  }

  @Test
  void should_name_everything_that_does_not_fit_at_once_and_change_nothing() throws IOException {
    Map<String, NDArray> weights = torch(SMALL);
    weights.put("layer1.0.cov1.weight", weights.remove("layer1.0.conv1.weight"));
    weights.remove("layer3.0.bn2.running_mean");
    weights.put("conv1.weight", manager.ones(new Shape(16, 3, 7, 7)));
    weights.put("fc_add.weight", manager.ones(new Shape(2)));
    weights.put("module.bn1.bias", manager.ones(new Shape(16)));
    TensorFile.write(file, weights);
    Network network = network(SMALL, 8);
    NDArray fresh = network.weights().get("backbone.04block_02layer_01conv_weight").duplicate();

    assertThatThrownBy(() -> WeightFile.read(file, WeightNames.PYTORCH, SMALL, network, ALL))
        .isInstanceOf(WeightsMismatch.class)
        .hasMessageContainingAll(
            "conv1.weight: has shape (16, 3, 7, 7); expected (16, 3, 3, 3)",
            "layer1.0.conv1.weight: missing; expected shape (16, 16, 3, 3)."
                + " Is it layer1.0.cov1.weight?",
            "layer1.0.cov1.weight: the network has no such parameter."
                + " Did you mean layer1.0.conv1.weight?",
            "layer3.0.bn2.running_mean: missing; expected shape (64).",
            "fc_add.weight: the network has no such parameter.")
        .message()
        .containsPattern("bn1.bias: is bn1.bias, and so is (module.)?bn1.bias")
        .hasLineCount(6);
    assertThat(network.weights().get("backbone.04block_02layer_01conv_weight")).isEqualTo(fresh);
    assertThatThrownBy(() -> WeightFile.check(file, WeightNames.PYTORCH, SMALL, network, ALL))
        .isInstanceOf(WeightsMismatch.class);
  }

  @Test
  void should_read_what_a_stage_wrote_under_its_own_names() throws IOException {
    Network from = network(SMALL, 8);
    WeightFile.write(file, WeightNames.EQUIPOISE, SMALL, from.weights());
    Network to =
        Network.create(manager, SMALL, new Linear(), new Shape(3, 8, 8), 5, new RandomStreams(99));

    WeightFile.read(file, WeightNames.EQUIPOISE, SMALL, to, ALL);

    assertThat(to.weights()).isEqualTo(from.weights());
  }

  @Test
  void should_refuse_names_of_pytorch_for_a_backbone_that_it_does_not_have() throws IOException {
    BackboneSpec backbone = new SmallCnn();
    Network network = network(backbone, 8);
    TensorFile.write(file, Map.of());

    assertThatThrownBy(() -> WeightFile.check(file, WeightNames.PYTORCH, backbone, network, ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names: backbone small-cnn has no names of PyTorch; expected equipoise");
  }

  private Map<String, NDArray> torch(BackboneSpec backbone) throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Network network = network(backbone, 8);
    WeightFile.write(whole, WeightNames.PYTORCH, backbone, network.weights());
    return TensorFile.read(manager, whole);
  }

  private Network network(BackboneSpec backbone, int side) {
    return Network.create(
        manager,
        backbone,
        new Linear(),
        new Shape(3, side, side),
        TorchReference.CLASSES,
        new RandomStreams(3));
  }
}
