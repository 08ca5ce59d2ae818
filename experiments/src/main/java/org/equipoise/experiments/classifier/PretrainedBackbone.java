package org.equipoise.experiments.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.classifier.SourceList.Source;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.config.Problem;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.MobileNetV2;
import org.equipoise.experiments.models.MobileNetV2.Norm;
import org.equipoise.experiments.models.MobileNetV2.Padding;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.weights.WeightFile;
import org.equipoise.experiments.weights.WeightNames;

/**
 * MobileNetV2 as somebody else has trained it: it stays as it is, so each image needs to go through
 * it once only.
 *
 * @param weights the file
 * @param sha256 its hash
 * @param spec the network that the names in the file are of
 * @param head any head: the features come before it
 */
record PretrainedBackbone(Path weights, String sha256, MobileNetV2 spec, HeadSpec head) {

  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

  /** Finds out by the names in the file whose conventions it follows. */
  static PretrainedBackbone of(Path weights, HeadSpec head) throws IOException {
    if (!Files.isRegularFile(weights)) {
      throw refused(
          "there is no such file: " + weights + "; expected MobileNetV2's weights as safetensors");
    }
    boolean folded = TensorFile.shapes(weights).containsKey("00.weight");
    MobileNetV2 spec =
        folded ? new MobileNetV2(1, Padding.BOTTOM_RIGHT, Norm.FOLDED) : new MobileNetV2();
    return new PretrainedBackbone(weights, Sha256.of(weights), spec, head);
  }

  /** Returns how the images were normalised that it has learned from. */
  ModelInput input(int size) {
    return spec.norm() == Norm.FOLDED
        ? new ModelInput(size, 1, HALF, HALF)
        : new ModelInput(size, 1, IMAGENET_MEAN, IMAGENET_STD);
  }

  String label() {
    return "mobilenet-v2 " + weights.getFileName() + " (SHA-256 " + sha256.substring(0, 12) + ")";
  }

  /**
   * Makes tables of features, unless they are there.
   *
   * @return the data set, whose names start from the work folder
   */
  ObjectNode dataset(SourceList sources, ModelInput input, Path work) throws IOException {
    String name = "features-" + sources.key(input + " " + spec + " " + sha256);
    Path folder = work.resolve(name);
    if (!Files.isDirectory(folder)) {
      Path draft = work.resolve(name + ".draft");
      DurableFiles.deleteTree(draft);
      Files.createDirectories(draft);
      try (NDManager manager = NDManager.newBaseManager();
          Network network = network(manager, input, 2);
          NetworkInput inputs = new NetworkInput(input, manager)) {
        for (String split : List.of(FolderScan.TRAIN, FolderScan.TEST)) {
          write(network, inputs, sources, split, draft);
        }
      } catch (DamagedImageException e) {
        throw new IOException(e.getMessage() + " ('equipoise inspect --decode' finds all such)", e);
      }
      DurableFiles.publish(draft, folder);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put(Json.TYPE, "feature-table")
        .put("train", name + "/train.safetensors")
        .put("test", name + "/test.safetensors")
        .put("extractor", label());
  }

  private static void write(
      Network network, NetworkInput inputs, SourceList sources, String split, Path folder)
      throws IOException {
    List<Source> images = sources.of(split);
    float[][] rows = new float[images.size()][];
    inputs.forEach(
        images.stream().map(sources::path).toList(),
        (first, batch) -> {
          network.lendTo(batch.getManager());
          NDArray features = network.infer(batch).features();
          int width = (int) features.getShape().get(1);
          float[] values = features.toFloatArray();
          for (int i = 0; i < values.length / width; i++) {
            rows[first + i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
          }
        });
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> table = new LinkedHashMap<>();
      table.put("features", manager.create(rows));
      table.put("labels", manager.create(images.stream().mapToInt(Source::label).toArray()));
      TensorFile.write(folder.resolve(split + ".safetensors"), table);
    }
  }

  /** Writes the whole model: this network and the head that was trained on its features. */
  String assemble(Map<String, NDArray> trained, ModelInput input, int classes, Path file)
      throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = network(manager, input, classes)) {
      network.takeOver(trained, EnumSet.of(ModelPart.HEAD));
      return TensorFile.write(file, network.weights());
    }
  }

  private Network network(NDManager manager, ModelInput input, int classes) throws IOException {
    Shape shape = new Shape(ModelInput.CHANNELS, input.size(), input.size());
    BackboneSpec backbone = spec;
    Network network = Network.create(manager, backbone, head, shape, classes, new RandomStreams(0));
    try {
      WeightFile.read(
          weights, WeightNames.PYTORCH, backbone, network, EnumSet.of(ModelPart.BACKBONE));
      return network;
    } catch (IllegalArgumentException e) {
      network.close();
      throw refused(
          weights + " does not fit mobilenet-v2:\n" + e.getMessage().indent(3).stripTrailing());
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private static ConfigException refused(String why) {
    return new ConfigException("train", List.of(new Problem("--weights", why)));
  }
}
