package org.equipoise.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.experiments.run.RunOptions;
import picocli.CommandLine.Option;

/** What the worker processes of a command may use. No result depends on it. */
final class WorkerOptions {

  @Option(
      names = "--max-heap",
      paramLabel = "SIZE",
      defaultValue = RunOptions.DEFAULT_MAX_HEAP,
      description = {
        "Largest Java heap of a run, such as 512m or 4g;",
        "by default ${DEFAULT-VALUE}. Long lists of images and",
        "thousands of classes need more."
      })
  private String maxHeap;

  @Option(
      names = "--decoders",
      paramLabel = "N",
      description = {
        "How many threads of a run decode image files;",
        "by default one for every processor. No result",
        "depends on it."
      })
  private Integer decoders;

  /** Returns options of runs, once every value is found in its range. */
  RunOptions of(Path out, Path data, Optional<Path> plugins, int jobs) {
    check();
    OptionalInt threads = decoders == null ? OptionalInt.empty() : OptionalInt.of(decoders);
    return new RunOptions(out, data, plugins, jobs, maxHeap, threads);
  }

  private void check() {
    if (!RunOptions.isHeapSize(maxHeap)) {
      throw new UsageException(
          "--max-heap: expected a size such as 1g or 512m, got \"" + maxHeap + "\"");
    }
    if (decoders != null && decoders < 1) {
      throw new UsageException("--decoders: expected >= 1, got " + decoders);
    }
  }
}
