package org.equipoise.experiments.run;

import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.RunFailure;

/** How a run ended. A closed set. */
public sealed interface RunOutcome {

  /**
   * Returns the run.
   *
   * @return which run it was
   */
  OutlinedRun run();

  /**
   * Its record is written.
   *
   * @param run the run
   */
  record Completed(OutlinedRun run) implements RunOutcome {}

  /**
   * It was done before, and its record still holds.
   *
   * @param run the run
   */
  record Reused(OutlinedRun run) implements RunOutcome {}

  /**
   * It was stopped or never started; run again, it goes on from its last checkpoint.
   *
   * @param run the run
   */
  record Stopped(OutlinedRun run) implements RunOutcome {}

  /**
   * It failed.
   *
   * @param run the run
   * @param failure why
   */
  record Failed(OutlinedRun run, RunFailure failure) implements RunOutcome {}
}
