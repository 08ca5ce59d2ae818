package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.models.CifarResNet;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.models.TorchScript;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.weights.WeightFile;
import org.equipoise.experiments.weights.WeightNames;
import org.equipoise.methods.head.Linear;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from weights in a file of PyTorch's names. */
@Timeout(240)
class PretrainedRunTest {

  private static final CifarResNet BACKBONE = new CifarResNet(8);
  private static final String PRETRAINED =
      "model={backbone: {type: cifar-resnet, depth: 8}, input: {type: symmetric},"
          + " pretrained: {file: nets/net.safetensors, frozen: true}}";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeWeights() throws IOException {
    TorchEngine.start(1);
    file = folder.resolve("data/nets/net.safetensors");
    Files.createDirectories(file.getParent());
    write(77);
  }

  private void write(long seed) throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                BACKBONE,
                new Linear(),
                new Shape(1, 28, 28),
                3,
                new RandomStreams(seed))) {
      WeightFile.write(file, WeightNames.PYTORCH, BACKBONE, network.weights());
    }
  }

  @Test
  void should_start_from_the_file_and_say_so_in_the_record_and_give_the_weights_back()
      throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of(PRETRAINED, "training.epochs=1", "training.batchSize=512"),
            TinyExperiment.SOFTMAX);

    assertThat(tiny.run(1).outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);

    String hash = Sha256.of(file);
    RunRecord record = tiny.record("softmax", 1);
    assertThat(record.pretrained())
        .hasValue("net.safetensors (SHA-256 " + hash.substring(0, 12) + ")");
    assertThat(record.manifest().data())
        .containsEntry("model.pretrained.file net.safetensors", hash);
    Path run = tiny.runFolder("softmax", 1).path();
    Path stage = tiny.folder().stages().resolve(record.stages().get(0).key());
    WeightExport export = new WeightExport(tiny.mapper());
    Path ofRun = folder.resolve("run.safetensors");
    Path ofStage = folder.resolve("stage.safetensors");
    WeightExport.Exported exported = export.export(run, ofRun);
    export.export(stage, ofStage);
    assertThat(ofStage).hasSameBinaryContentAs(ofRun);
    assertThat(exported.sha256()).isEqualTo(Sha256.of(ofRun));
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> before = TensorFile.read(manager, file);
      Map<String, NDArray> after = TensorFile.read(manager, ofRun);
      assertThat(after.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
      // Frozen, so the file's backbone is still there; the head is new.
      before.forEach(
          (name, array) -> {
            if (!name.startsWith("linear")) {
              assertThat(after.get(name)).as(name).isEqualTo(array);
            }
          });
      assertThat(after.get("linear.weight").getShape()).isEqualTo(new Shape(10, 64));
    }

    // Another file of the same name is another run.
    write(78);
    TinyExperiment other =
        TinyExperiment.of(
            folder,
            List.of(PRETRAINED, "training.epochs=1", "training.batchSize=512"),
            TinyExperiment.SOFTMAX);
    assertThat(other.status().runs().get(0).outdated())
        .hasValue("data model.pretrained.file net.safetensors has changed since");
    assertThat(other.planned("softmax", 1).stages().get(0).key())
        .isNotEqualTo(tiny.planned("softmax", 1).stages().get(0).key());
    assertThatThrownBy(() -> export.export(folder, ofRun))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither the folder of a run that is done");
  }

  @Test
  void should_name_file_and_key_if_the_file_is_not_there_or_does_not_fit() throws Exception {
    Files.delete(file);
    assertThatThrownBy(() -> TinyExperiment.of(folder, List.of(PRETRAINED), TinyExperiment.SOFTMAX))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "tiny has 1 problem\n1) model.pretrained.file: there is no such file: "
                + file
                + "; a relative path starts in the folder of data sets");

    Files.writeString(file, "no tensors at all");
    TinyExperiment foreign = TinyExperiment.of(folder, List.of(PRETRAINED), TinyExperiment.SOFTMAX);
    assertThatThrownBy(() -> foreign.inputs().check(foreign.data()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("1) model.pretrained.file: " + file + ": not a sound safetensors");

    write(77);
    TinyExperiment deeper =
        TinyExperiment.of(
            folder, List.of(PRETRAINED, "model.backbone.depth=14"), TinyExperiment.SOFTMAX);
    assertThatThrownBy(() -> deeper.inputs().check(deeper.data()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "1) model.pretrained.file: " + file + " does not fit backbone \"cifar-resnet\":")
        .hasMessageContaining("layer1.1.conv1.weight: missing; expected shape (16, 16, 3, 3)");
    TinyExperiment right = TinyExperiment.of(folder, List.of(PRETRAINED), TinyExperiment.SOFTMAX);
    right.inputs().check(right.data());
  }

  @Test
  void should_normalise_images_as_the_model_wants_them_and_hash_its_file() throws Exception {
    Path module = folder.resolve("data/extractor.pt");
    try (InputStream in = TorchScript.class.getResourceAsStream("extractor.pt")) {
      Files.copy(in, module);
    }
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of(
                "model={backbone: {type: torchscript, file: extractor.pt, features: 4},"
                    + " input: {type: symmetric}}"),
            TinyExperiment.SOFTMAX);

    LabelledData data = tiny.data();

    assertThat(((ImageExamples) data.test()).format().mean()).containsExactly(0.5);
    assertThat(((ImageExamples) data.train()).format().std()).containsExactly(0.5);
    assertThat(data.fingerprints())
        .containsEntry("model.backbone.file extractor.pt", Sha256.of(module));
    assertThat(data.pretrained().orElseThrow()).startsWith("extractor.pt (SHA-256 ");

    // The data set is grey, and the module takes colours.
    assertThatThrownBy(() -> tiny.inputs().check(data))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "model.backbone: the network of extractor.pt does not take inputs (1, 28, 28): ")
        .hasMessageContaining("expected input[1, 1, 28, 28] to have 3 channels");
    LabelledData colour = colour();
    tiny.inputs().check(colour);
    TinyExperiment wider =
        TinyExperiment.of(
            folder,
            List.of(
                "model={backbone: {type: torchscript, file: extractor.pt, features: 5},"
                    + " input: {type: symmetric}}"),
            TinyExperiment.SOFTMAX);
    assertThatThrownBy(() -> wider.inputs().check(colour))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "model.backbone: torchscript: the module returns (1, 4); expected (1, 5)");
    Files.writeString(module, "no module");
    assertThatThrownBy(() -> tiny.inputs().check(data))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.backbone: torchscript: " + module + " cannot be loaded");
  }

  private static LabelledData colour() {
    ImageExamples.ImageFormat format =
        new ImageExamples.ImageFormat(28, 28, 3, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
    ImageExamples images =
        new ImageExamples(new byte[2 * format.bytesPerImage()], new int[] {0, 1}, format);
    return new LabelledData(
        images, images, List.of("a", "b"), ClassCounts.of(1, 1), new TreeMap<>());
  }

  @Test
  void should_refuse_a_normalisation_for_other_channels() {
    assertThatThrownBy(
            () ->
                TinyExperiment.of(
                    folder, List.of("model.input={type: imagenet}"), TinyExperiment.SOFTMAX))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.input: image format: mean and std need one number");
  }
}
