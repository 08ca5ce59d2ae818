package org.equipoise.experiments.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where and how runs are executed. Nothing here changes a result.
 *
 * @param out the folder of the experiment: runs, stages, reports
 * @param data the folder of data sets; it need not exist
 * @param plugins a folder of jars with further parts, if any
 * @param jobs how many runs at a time, &gt;= 1
 * @param maxHeap the largest Java heap of a worker process, as {@code -Xmx} takes it
 * @param decoders how many threads of a worker process decode images, &gt;= 1; if empty, what this
 *     process was told itself, or else one for every processor
 */
public record RunOptions(
    Path out, Path data, Optional<Path> plugins, int jobs, String maxHeap, OptionalInt decoders) {

  /** The Java heap of a worker process, unless said otherwise; tensors live outside it. */
  public static final String DEFAULT_MAX_HEAP = "1g";

  /** Checks the ranges. */
  public RunOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: expected >= 1, got " + jobs);
    }
    if (!isHeapSize(maxHeap)) {
      throw new IllegalArgumentException(
          "maxHeap: expected a size such as 1g or 512m, got \"" + maxHeap + "\"");
    }
    if (decoders.isPresent() && decoders.getAsInt() < 1) {
      throw new IllegalArgumentException("decoders: expected >= 1, got " + decoders.getAsInt());
    }
  }

  /**
   * Returns options with the usual heap and number of decoders.
   *
   * @param out the folder of the experiment
   * @param data the folder of data sets
   * @param plugins a folder of jars with further parts, if any
   * @param jobs how many runs at a time, &gt;= 1
   * @return the options
   */
  public static RunOptions of(Path out, Path data, Optional<Path> plugins, int jobs) {
    return new RunOptions(out, data, plugins, jobs, DEFAULT_MAX_HEAP, OptionalInt.empty());
  }

  /**
   * Returns whether a text is a size that {@code maxHeap} may be.
   *
   * @param text the text
   * @return true of 512m, 2G or 1073741824, for example
   */
  public static boolean isHeapSize(String text) {
    return text.matches("[1-9][0-9]*[kKmMgG]?");
  }
}
