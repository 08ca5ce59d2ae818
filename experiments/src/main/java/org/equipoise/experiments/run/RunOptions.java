package org.equipoise.experiments.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how runs are executed. Nothing here changes a result.
 *
 * @param out the folder of the experiment: runs, stages, reports
 * @param data the folder of data sets; it need not exist
 * @param plugins a folder of jars with further parts, if any
 * @param jobs how many runs at a time, &gt;= 1
 * @param maxHeap the largest Java heap of a worker process, as {@code -Xmx} takes it
 */
public record RunOptions(Path out, Path data, Optional<Path> plugins, int jobs, String maxHeap) {

  /** The Java heap of a worker process, unless said otherwise; tensors live outside it. */
  public static final String DEFAULT_MAX_HEAP = "1g";

  /** Checks the ranges. */
  public RunOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: expected >= 1, got " + jobs);
    }
    if (!maxHeap.matches("[1-9][0-9]*[kKmMgG]?")) {
      throw new IllegalArgumentException(
          "maxHeap: expected a size such as 1g or 512m, got \"" + maxHeap + "\"");
    }
  }

  /**
   * Returns options with the usual heap.
   *
   * @param out the folder of the experiment
   * @param data the folder of data sets
   * @param plugins a folder of jars with further parts, if any
   * @param jobs how many runs at a time, &gt;= 1
   * @return the options
   */
  public static RunOptions of(Path out, Path data, Optional<Path> plugins, int jobs) {
    return new RunOptions(out, data, plugins, jobs, DEFAULT_MAX_HEAP);
  }
}
