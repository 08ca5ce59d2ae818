package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.experiments.checkpoint.CheckpointStore;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a stage.
 *
 * <p>{@code stage.json} is written last: where it is, the stage is complete and {@code
 * weights.safetensors} holds its weights.
 */
final class StageFolder {

  private static final Logger LOG = LoggerFactory.getLogger(StageFolder.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path folder;

  StageFolder(Path folder) {
    this.folder = folder;
  }

  Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  CheckpointStore<Progress> checkpoints() {
    return new CheckpointStore<>(folder.resolve("checkpoints"), Progress.class);
  }

  void create() throws IOException {
    Files.createDirectories(folder);
  }

  /**
   * Returns the result of the stage if it is complete.
   *
   * @param signature what the stage must be, see {@link TaskSignature}
   * @throws IOException if the folder holds another stage
   */
  Optional<StageResult> complete(String signature) throws IOException {
    if (Files.notExists(marker())) {
      return Optional.empty();
    }
    Marker marker = readMarker();
    requireSame(marker.signature(), signature);
    if (Files.notExists(weights())
        || !Sha256.of(weights()).equals(marker.result().weightsSha256())) {
      LOG.warn("{} is missing or not what {} says; training again", weights(), marker());
      Files.delete(marker());
      return Optional.empty();
    }
    // Whoever wrote the marker may have been killed before this.
    checkpoints().clear();
    return Optional.of(marker.result());
  }

  void requireSame(String found, String expected) throws IOException {
    if (!found.equals(expected)) {
      throw new IOException(
          folder
              + ": holds another stage (signature "
              + found
              + ", expected "
              + expected
              + "); use a folder of its own for each stage");
    }
  }

  /** Returns SHA-256 of the weights of a complete stage. */
  String weightsSha256() throws IOException {
    if (Files.notExists(marker())) {
      throw new IOException(folder + ": no complete stage, for there is no " + marker());
    }
    return readMarker().result().weightsSha256();
  }

  /** Reads the weights of a complete stage. */
  Map<String, NDArray> readWeights(NDManager manager) throws IOException {
    String expected = weightsSha256();
    String found = Sha256.of(weights());
    if (!found.equals(expected)) {
      throw new IOException(
          weights() + ": SHA-256 is " + found + "; expected " + expected + ", see " + marker());
    }
    return TensorFile.read(manager, weights());
  }

  /** Writes the weights, then the marker, and drops the checkpoints. */
  StageResult finish(
      String signature,
      Map<String, NDArray> arrays,
      int epochs,
      OptionalDouble loss,
      double seconds,
      Optional<LearnedShares> shares)
      throws IOException {
    String sha256 = TensorFile.write(weights(), arrays);
    StageResult result = new StageResult(sha256, epochs, loss, seconds, shares);
    byte[] json =
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Marker(signature, result));
    DurableFiles.write(marker(), out -> out.write(json));
    checkpoints().clear();
    return result;
  }

  private Marker readMarker() throws IOException {
    return JSON.readValue(marker().toFile(), Marker.class);
  }

  private Path weights() {
    return folder.resolve("weights.safetensors");
  }

  private Path marker() {
    return folder.resolve("stage.json");
  }

  /** What {@code stage.json} holds. */
  record Marker(String signature, StageResult result) {}
}
