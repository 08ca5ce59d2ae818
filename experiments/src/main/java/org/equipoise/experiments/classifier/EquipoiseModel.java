package org.equipoise.experiments.classifier;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.classifier.Classification.Candidate;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.json.Misreading;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.registry.Registry;

/**
 * A trained model, ready to classify image files.
 *
 * <p>Not safe for use by several threads. Close it.
 */
public final class EquipoiseModel implements AutoCloseable {

  private final NDManager manager;
  private final ModelDescription description;
  private final NetworkInput inputs;
  private final Network network;

  private EquipoiseModel(NDManager manager, ModelDescription description, Network network) {
    this.manager = manager;
    this.description = description;
    this.inputs = new NetworkInput(description.input(), manager);
    this.network = network;
  }

  /**
   * Loads a model; starts the engine if need be.
   *
   * @param folder the folder that {@code equipoise train} wrote
   * @return the model
   * @throws IOException if it is no such folder, or its weights are not those that it describes
   */
  public static EquipoiseModel load(Path folder) throws IOException {
    return load(folder, Json.mapper(Registry.load(EquipoiseModel.class.getClassLoader())));
  }

  static EquipoiseModel load(Path folder, ObjectMapper mapper) throws IOException {
    ModelDescription description = describe(folder, mapper);
    Path weights = folder.resolve(ModelDescription.WEIGHTS);
    if (!Files.isRegularFile(weights)) {
      throw new IOException(weights + ": there is no such file; the model is not whole");
    }
    if (!Sha256.of(weights).equals(description.weightsSha256())) {
      throw new IOException(
          weights + ": not the weights that " + ModelDescription.FILE + " describes");
    }
    NDManager manager = NDManager.newBaseManager();
    try {
      int size = description.input().size();
      Network network =
          Network.create(
              manager,
              description.backbone(),
              description.head(),
              new Shape(ModelInput.CHANNELS, size, size),
              description.classes().size(),
              new RandomStreams(0));
      try (NDManager scratch = manager.newSubManager()) {
        network.restore(TensorFile.read(scratch, weights));
      }
      return new EquipoiseModel(manager, description, network);
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static ModelDescription describe(Path folder, ObjectMapper mapper) throws IOException {
    Path file = folder.resolve(ModelDescription.FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + ": not a model, for it has no " + ModelDescription.FILE);
    }
    try {
      return mapper.readValue(Files.readString(file), ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": not a model of this version: " + Misreading.of(e), e);
    }
  }

  /**
   * Returns what the model is, and how it came about.
   *
   * @return classes, network, figures, fingerprints
   */
  public ModelDescription description() {
    return description;
  }

  /**
   * Classifies an image.
   *
   * @param image a JPEG or PNG file of any size
   * @return all classes with their probabilities
   * @throws IOException if the file cannot be read
   */
  public Classification classify(Path image) throws IOException {
    float[] logits;
    try {
      logits = logits(List.of(image));
    } catch (DamagedImageException e) {
      throw new IOException(e.getMessage(), e);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int c = 0; c < logits.length; c++) {
      candidates.add(
          new Candidate(description.classes().get(c), Math.exp(logits[c] - largest) / sum));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::probability).reversed());
    return new Classification(candidates);
  }

  /** Returns the logits of some images, (N, C). */
  float[] logits(List<Path> images) {
    float[] all = new float[Math.multiplyExact(images.size(), description.classes().size())];
    inputs.forEach(
        images,
        (first, batch) -> {
          network.lendTo(batch.getManager());
          float[] some = network.infer(batch).logits().toFloatArray();
          System.arraycopy(some, 0, all, first * description.classes().size(), some.length);
        });
    return all;
  }

  /** Frees the weights. */
  @Override
  public void close() {
    inputs.close();
    network.close();
    manager.close();
  }
}
