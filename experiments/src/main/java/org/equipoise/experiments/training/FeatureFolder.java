package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The features of one split under one view, in parts.
 *
 * <p>A part is a safetensors file of {@code features}, float32 (n, D), with its checksum beside it,
 * written after it. One that is not what its checksum says is as good as absent.
 *
 * @param path the folder; made if need be
 */
record FeatureFolder(Path path) {

  private static final Logger LOG = LoggerFactory.getLogger(FeatureFolder.class);
  private static final String ARRAY = "features";

  /** Says for people what the features are, unless that is said already. */
  void describe(String content) throws IOException {
    Path file = path.resolve("content.txt");
    if (Files.notExists(file)) {
      DurableFiles.write(file, content);
    }
  }

  /**
   * Reads a part.
   *
   * @param shape (n, D)
   * @return the features; empty if they are not there, or damaged
   */
  Optional<NDArray> read(NDManager manager, int part, Shape shape) throws IOException {
    Path file = file(part);
    if (Files.notExists(file) || Files.notExists(checksum(part))) {
      return Optional.empty();
    }
    if (!Files.readString(checksum(part)).equals(line(part, Sha256.of(file)))) {
      LOG.warn("{} is not what {} says; computing it again", file, checksum(part));
      return Optional.empty();
    }
    NDArray features = TensorFile.read(manager, file).get(ARRAY);
    if (features == null
        || features.getDataType() != DataType.FLOAT32
        || !features.getShape().equals(shape)) {
      throw new IOException(
          file + ": holds something else; expected " + ARRAY + ", float32 " + shape);
    }
    return Optional.of(features);
  }

  /** Writes a part. */
  void write(int part, NDArray features) throws IOException {
    String sha256 = TensorFile.write(file(part), Map.of(ARRAY, features));
    DurableFiles.write(checksum(part), line(part, sha256));
  }

  private Path file(int part) {
    return path.resolve(String.format(Locale.ROOT, "part-%05d.safetensors", part));
  }

  private Path checksum(int part) {
    return path.resolve(file(part).getFileName() + ".sha256");
  }

  // As the command sha256sum writes and checks it.
  private String line(int part, String sha256) {
    return sha256 + "  " + file(part).getFileName() + "\n";
  }
}
