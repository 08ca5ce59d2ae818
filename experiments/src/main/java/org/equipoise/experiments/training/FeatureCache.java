package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.files.FileMutex;
import org.equipoise.experiments.files.Sha256;

/**
 * What frozen backbones say of whole splits, computed once and kept in files.
 *
 * <p>Features lie in a folder named by a hash of all that they follow from: the backbone and its
 * weights, the data, the view, engine, threads and code. So whoever needs the same finds them,
 * whatever stage, arm or run it is. Whoever computes holds a lock; others who need the same wait.
 * They are computed part by part, and what a process leaves behind when it is killed is gone on
 * from.
 *
 * <p>The images of a split are taken in its order, 256 at a time, whatever the batches of training,
 * so that features are the same bits whoever computes them.
 */
public final class FeatureCache {

  /** Files stay small, and little is lost with a process. */
  private static final int BATCHES_IN_PART = 32;

  private final Path folder;
  private final String code;
  private final FileMutex.Waiting waiting;
  private final int partSize;

  /**
   * Opens the cache; nothing is made yet.
   *
   * @param folder where features are kept
   * @param code what computes them: anything that names engine, threads and code
   * @param waiting surrounds the wait for another process that computes what is needed here
   */
  public FeatureCache(Path folder, String code, FileMutex.Waiting waiting) {
    this(folder, code, waiting, BATCHES_IN_PART);
  }

  FeatureCache(Path folder, String code, FileMutex.Waiting waiting, int batchesInPart) {
    this.folder = folder;
    this.code = code;
    this.waiting = waiting;
    this.partSize = batchesInPart * OrderedBatches.SIZE;
  }

  /**
   * Returns features, after computing those that are not there.
   *
   * @param manager the manager that owns them
   * @param source what they are features of
   * @param watch hears of those that are computed
   * @return (N, D), float32, in the order of the split
   * @throws IOException if a file cannot be read or written
   */
  NDArray features(NDManager manager, FeatureSource source, Watch watch) throws IOException {
    String content = source.content() + "code: " + code + "\n";
    String key = Sha256.of(content);
    return FileMutex.holding(
        folder.resolve(key + ".lock"),
        waiting,
        () -> {
          FeatureFolder files = new FeatureFolder(folder.resolve(key));
          files.describe(content);
          return NoGrad.call(() -> features(manager, source, files, watch));
        });
  }

  private NDArray features(
      NDManager manager, FeatureSource source, FeatureFolder files, Watch watch)
      throws IOException {
    int size = source.examples().size();
    NDArray all = manager.zeros(source.shape(0, size));
    List<Part> missing = new ArrayList<>();
    for (Part part : parts(size)) {
      try (NDManager scratch = manager.newSubManager()) {
        Optional<NDArray> found =
            files.read(scratch, part.number(), source.shape(part.from(), part.end()));
        found.ifPresent(rows -> all.set(part.rows(), rows));
        if (found.isEmpty()) {
          missing.add(part);
        }
      }
    }
    if (!missing.isEmpty()) {
      try (StagedExamples staged = StagedExamples.of(source.examples(), manager)) {
        for (Part part : missing) {
          try (NDManager scratch = manager.newSubManager()) {
            NDArray rows =
                source.compute(
                    scratch, staged, part.from(), part.end(), done -> watch.onBatch(done, size));
            files.write(part.number(), rows);
            all.set(part.rows(), rows);
            // Only now: whoever gives up at the end of a part should find it next time.
            watch.onBatch(part.end(), size);
          }
        }
      }
    }
    return all;
  }

  private List<Part> parts(int size) {
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < size; from += partSize) {
      parts.add(new Part(parts.size(), from, Math.min(from + partSize, size)));
    }
    return parts;
  }

  /** Some examples: from one, counted from 0, up to the one before another. */
  private record Part(int number, int from, int end) {

    NDIndex rows() {
      return new NDIndex("{}:{}", from, end);
    }
  }

  /** Hears how features come to be. */
  @FunctionalInterface
  interface Watch {

    /**
     * Hears of a batch.
     *
     * @param done the examples of the split up to which features are there
     * @param examples the examples of the split
     * @throws TrainingStopped to give up; parts that are done stay
     */
    void onBatch(int done, int examples);
  }
}
