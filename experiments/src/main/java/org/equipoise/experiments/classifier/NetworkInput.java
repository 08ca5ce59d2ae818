package org.equipoise.experiments.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;

/** Image files as batches of inputs, decoded ahead. */
final class NetworkInput implements AutoCloseable {

  private static final int BATCH = 32;

  private final ModelInput format;
  private final NDManager manager;

  NetworkInput(ModelInput format, NDManager parent) {
    this.format = format;
    this.manager = parent.newSubManager();
  }

  /** Hands over every batch, (N, 3, size, size), with the place of its first image. */
  void forEach(Collection<Path> images, BatchUse use) {
    ImageFiles files =
        new ImageFiles(
            Path.of(""),
            images.stream().map(path -> path.toAbsolutePath().toString()).toList(),
            new int[images.size()],
            new ImageFormat(
                format.size(), format.size(), ModelInput.CHANNELS, format.mean(), format.std()),
            format.centreCrop());
    try (StagedExamples staged = StagedExamples.of(files, manager)) {
      List<int[]> batches =
          IntStream.iterate(0, from -> from < files.size(), from -> from + BATCH)
              .mapToObj(
                  from -> IntStream.range(from, Math.min(from + BATCH, files.size())).toArray())
              .toList();
      int announced = 0;
      for (int b = 0; b < batches.size(); b++) {
        while (announced < Math.min(batches.size(), b + staged.lookAhead())) {
          staged.announce(batches.get(announced++), Collections.emptyList(), none());
        }
        int[] batch = batches.get(b);
        NoGrad.call(
            () -> {
              try (NDManager step = manager.newSubManager()) {
                use.of(batch[0], staged.batch(step, batch, List.of(), none()).inputs());
                return batch;
              }
            });
      }
    }
  }

  // Nothing draws from it: there is no augmentation.
  private static RandomGenerator none() {
    return new SplittableRandom(0);
  }

  @Override
  public void close() {
    manager.close();
  }

  /** What is done with a batch. */
  interface BatchUse {
    void of(int first, NDArray batch);
  }
}
