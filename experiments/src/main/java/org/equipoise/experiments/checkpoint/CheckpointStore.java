package org.equipoise.experiments.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, of which the newest two are kept.
 *
 * <p>Each is a folder {@code step-N} with the arrays, the rest as JSON, and the checksums of both.
 * It appears under its name only when all of it is on disk. One that does not agree with its
 * checksums is passed over with a warning for the one before. One process writes at a time.
 *
 * @param <T> what is stored besides arrays: a record that Jackson can write and read
 */
public final class CheckpointStore<T> {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();
  private static final int KEPT = 2;
  private static final Pattern NAME = Pattern.compile("step-(\\d+)");
  private static final String ARRAYS = "arrays.safetensors";
  private static final String STATE = "state.json";
  // As the command sha256sum writes and checks it.
  private static final String CHECKSUMS = "SHA256SUMS";

  private final Path folder;
  private final Class<T> type;

  /**
   * Opens the store; the folder is made when the first checkpoint is saved.
   *
   * @param folder the folder of the checkpoints
   * @param type the type of what is stored besides arrays
   */
  public CheckpointStore(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  /**
   * Saves a checkpoint and drops the ones beyond the newest two.
   *
   * @param step the steps done, by which checkpoints are ordered
   * @param state what to store besides arrays
   * @param arrays the arrays by name
   * @return the checkpoint's folder
   * @throws IOException if it cannot be written; the older ones are then still there
   */
  public Path save(long step, T state, Map<String, NDArray> arrays) throws IOException {
    Files.createDirectories(folder);
    Path draft = folder.resolve(".writing");
    DurableFiles.deleteTree(draft);
    Files.createDirectory(draft);
    DurableFiles.writeInPlace(draft.resolve(ARRAYS), TensorFile.content(arrays));
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state);
    DurableFiles.writeInPlace(draft.resolve(STATE), out -> out.write(json));
    byte[] sums = checksums(draft).getBytes(StandardCharsets.UTF_8);
    DurableFiles.writeInPlace(draft.resolve(CHECKSUMS), out -> out.write(sums));

    Path target = folder.resolve(String.format(Locale.ROOT, "step-%09d", step));
    // Only a damaged one can be in the way: its step was trained again.
    DurableFiles.deleteTree(target);
    DurableFiles.publish(draft, target);
    for (Path old : newestFirst().stream().skip(KEPT).toList()) {
      DurableFiles.deleteTree(old);
    }
    return target;
  }

  private static String checksums(Path checkpoint) throws IOException {
    return Sha256.of(checkpoint.resolve(ARRAYS))
        + "  "
        + ARRAYS
        + "\n"
        + Sha256.of(checkpoint.resolve(STATE))
        + "  "
        + STATE
        + "\n";
  }

  /**
   * Loads the newest sound checkpoint.
   *
   * @param manager the manager that owns the arrays
   * @return the checkpoint, or empty if there is none
   * @throws IOException if the folder cannot be read
   */
  public Optional<Loaded<T>> newest(NDManager manager) throws IOException {
    for (Path checkpoint : newestFirst()) {
      try {
        if (!Files.readString(checkpoint.resolve(CHECKSUMS)).equals(checksums(checkpoint))) {
          throw new IOException("its files do not agree with " + CHECKSUMS);
        }
        T state = JSON.readValue(checkpoint.resolve(STATE).toFile(), type);
        return Optional.of(
            new Loaded<>(checkpoint, state, TensorFile.read(manager, checkpoint.resolve(ARRAYS))));
      } catch (IOException e) {
        LOG.warn("checkpoint {} is damaged and passed over: {}", checkpoint, e.toString());
      }
    }
    return Optional.empty();
  }

  /**
   * Returns how far the newest checkpoint is, sound or not.
   *
   * @return its steps, or empty if there is none
   * @throws IOException if the folder cannot be read
   */
  public OptionalLong newestStep() throws IOException {
    return newestFirst().stream().mapToLong(CheckpointStore::step).findFirst();
  }

  /**
   * Deletes all checkpoints.
   *
   * @throws IOException if one cannot be deleted
   */
  public void clear() throws IOException {
    DurableFiles.deleteTree(folder);
  }

  private List<Path> newestFirst() throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong((Path entry) -> step(entry)).reversed())
          .toList();
    }
  }

  private static long step(Path checkpoint) {
    Matcher matcher = NAME.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /**
   * A checkpoint that was read.
   *
   * @param path its folder
   * @param state what was stored besides arrays
   * @param arrays the arrays by name
   * @param <T> the type of the state
   */
  public record Loaded<T>(Path path, T state, Map<String, NDArray> arrays) {}
}
