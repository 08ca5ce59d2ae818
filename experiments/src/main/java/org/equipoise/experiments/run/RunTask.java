package org.equipoise.experiments.run;

import java.util.List;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;

/**
 * A run as it is handed to whoever executes it, on this machine or another: plain text and names.
 *
 * @param run the run
 * @param config the resolved run, as JSON
 * @param threads the threads that it computes with, &gt;= 1
 * @param stages the keys of its stages, in order; runs with a key in common share that stage
 */
public record RunTask(OutlinedRun run, String config, int threads, List<String> stages) {

  /** Copies the list. */
  public RunTask {
    stages = List.copyOf(stages);
  }
}
