package org.equipoise.experiments.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.equipoise.experiments.files.FileMutex;
import org.equipoise.experiments.training.StageResult;
import org.equipoise.experiments.training.StageTrainer;

/**
 * The stages of an experiment, each in a folder named by its key.
 *
 * <p>A folder holds what the trainer of stages leaves there: at the end the weights and {@code
 * stage.json}, before that checkpoints, which whoever comes next goes on from. Beside it lies the
 * lock of the stage: only who holds it touches the folder.
 */
public final class StageCache {

  private static final String COMPLETE = "stage.json";

  private final Path folder;

  /**
   * Opens the cache; nothing is made yet.
   *
   * @param folder the folder of all stages; it need not exist
   */
  public StageCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the folder of a stage.
   *
   * @param key the stage's key
   * @return a path
   */
  public Path folder(String key) {
    return folder.resolve(key);
  }

  /**
   * Returns where features of frozen backbones are kept, which stages share.
   *
   * @return a path
   */
  public Path features() {
    return folder.resolve("features");
  }

  /**
   * Tells whether a stage was trained to its end.
   *
   * @param key the stage's key
   * @return whether its result can be reused
   */
  public boolean contains(String key) {
    return Files.exists(folder(key).resolve(COMPLETE));
  }

  /**
   * Returns how far a stage that was begun has come.
   *
   * @param key the stage's key
   * @return the steps done at its newest checkpoint; empty if there is none, as once it is complete
   * @throws IOException if the folder cannot be read
   */
  public OptionalLong stepsDone(String key) throws IOException {
    return StageTrainer.stepsDone(folder(key));
  }

  /**
   * Computes a stage, or finds it computed, while no other process does the same.
   *
   * @param key the stage's key
   * @param waiting surrounds the wait for another process that is at it, if there is one
   * @param computation trains the stage, going on from checkpoints, or finds it complete
   * @return the result
   * @throws IOException if a file cannot be read or written
   */
  public StageResult compute(String key, FileMutex.Waiting waiting, Computation computation)
      throws IOException {
    return FileMutex.holding(
        folder.resolve(key + ".lock"), waiting, () -> computation.run(folder(key)));
  }

  /** Trains a stage in its folder. */
  @FunctionalInterface
  public interface Computation {

    /**
     * Trains the stage.
     *
     * @param folder the stage's folder
     * @return the result
     * @throws IOException if a file cannot be read or written
     */
    StageResult run(Path folder) throws IOException;
  }
}
