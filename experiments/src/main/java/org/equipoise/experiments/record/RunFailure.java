package org.equipoise.experiments.record;

import java.util.List;

/**
 * How the last attempt at a run ended, where it left no record.
 *
 * @param runId the hash of the resolved run
 * @param arm the arm's id
 * @param seed the seed
 * @param reason one sentence
 * @param log the last lines of the run's log
 */
public record RunFailure(String runId, String arm, long seed, String reason, List<String> log) {

  /** The name of a failure's file in the folder of its run; gone once the run succeeds. */
  public static final String FILE = "failure.json";

  /** Copies the list. */
  public RunFailure {
    log = List.copyOf(log);
  }
}
