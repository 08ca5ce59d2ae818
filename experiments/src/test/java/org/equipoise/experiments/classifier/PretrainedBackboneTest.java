package org.equipoise.experiments.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.PictureFolder;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.Identity;
import org.equipoise.experiments.models.MobileNetV2;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.weights.WeightFile;
import org.equipoise.experiments.weights.WeightNames;
import org.equipoise.methods.head.Linear;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedBackboneTest {

  private static final int SIDE = 32;

  @TempDir private Path root;
  @TempDir private Path work;
  private Path weights;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void writeWeights() throws IOException {
    weights = work.resolve("net.safetensors");
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                new MobileNetV2(),
                new Linear(),
                new Shape(3, SIDE, SIDE),
                7,
                new RandomStreams(5))) {
      WeightFile.write(weights, WeightNames.PYTORCH, new MobileNetV2(), network.weights());
    }
  }

  @Test
  void should_give_the_whole_model_the_logits_of_its_head_on_the_features() throws IOException {
    PictureFolder pictures = new PictureFolder(root);
    pictures.write("bag", 8, 5, ".png");
    pictures.write("coat", 4, 5, ".png");
    FolderScan scan = FolderScan.of(root);
    SourceList sources = SourceList.of(DividedImages.of(scan, FolderInspection.of(scan, false), 1));
    PretrainedBackbone backbone = PretrainedBackbone.of(weights, new Linear());
    ModelInput input = backbone.input(SIDE);

    // WHEN features are computed, and a head of known weights is put behind the network
    ObjectNode dataset = backbone.dataset(sources, input, work);

    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray features =
          TensorFile.read(manager, work.resolve(dataset.get("test").textValue())).get("features");
      assertThat(features.getShape()).isEqualTo(new Shape(2, 1280));
      NDArray rows = manager.linspace(-1, 1, 2 * 1280).reshape(2, 1280);
      Map<String, NDArray> trained = new LinkedHashMap<>();
      try (Network head =
          Network.create(
              manager, new Identity(), new Linear(), new Shape(1280), 2, new RandomStreams(1))) {
        head.weights()
            .forEach(
                (name, array) ->
                    trained.put(
                        name, array.getShape().dimension() == 2 ? rows : array.duplicate()));
        float[] bias =
            trained.values().stream()
                .filter(array -> array.getShape().dimension() == 1)
                .findFirst()
                .orElseThrow()
                .toFloatArray();
        float[] expected = features.dot(rows.transpose()).add(manager.create(bias)).toFloatArray();
        Path model = work.resolve("model.safetensors");
        backbone.assemble(trained, input, 2, model);

        // THEN the assembled network says the same of the images themselves
        try (Network whole =
                Network.create(
                    manager,
                    backbone.spec(),
                    new Linear(),
                    new Shape(3, SIDE, SIDE),
                    2,
                    new RandomStreams(9));
            NetworkInput images = new NetworkInput(input, manager)) {
          whole.restore(TensorFile.read(manager, model));
          images.forEach(
              sources.of(FolderScan.TEST).stream().map(sources::path).toList(),
              (first, batch) ->
                  assertThat(whole.infer(batch).logits().toFloatArray())
                      .usingComparatorWithPrecision(1e-3f)
                      .containsExactly(expected));
        }
      }
    }
  }

  @Test
  void should_compute_features_once() throws IOException {
    PictureFolder pictures = new PictureFolder(root);
    pictures.write("bag", 8, 4, ".png");
    pictures.write("coat", 4, 4, ".png");
    FolderScan scan = FolderScan.of(root);
    SourceList sources = SourceList.of(DividedImages.of(scan, FolderInspection.of(scan, false), 1));
    PretrainedBackbone backbone = PretrainedBackbone.of(weights, new Linear());

    ObjectNode first = backbone.dataset(sources, backbone.input(SIDE), work);
    Path table = work.resolve(first.get("train").textValue());
    Object written = Files.getLastModifiedTime(table);

    assertThat(backbone.dataset(sources, backbone.input(SIDE), work)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(table)).isEqualTo(written);
    assertThat(backbone.dataset(sources, backbone.input(SIDE * 2), work)).isNotEqualTo(first);
  }

  @Test
  void should_name_a_missing_file_and_know_torchvisions_normalisation() throws IOException {
    Path none = work.resolve("none.safetensors");
    assertThatThrownBy(() -> PretrainedBackbone.of(none, new Linear()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--weights: there is no such file: " + none);
    assertThat(PretrainedBackbone.of(weights, new Linear()).input(SIDE).mean())
        .isEqualTo(List.of(0.485, 0.456, 0.406));
  }
}
