package org.equipoise.experiments.run;

import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;

/** Hears how runs go. Called by one thread at a time, in the order of the events of each run. */
@FunctionalInterface
public interface RunListener {

  /**
   * Hears of an event.
   *
   * @param run the run in which it happened
   * @param event what happened
   */
  void onEvent(OutlinedRun run, RunEvent event);
}
