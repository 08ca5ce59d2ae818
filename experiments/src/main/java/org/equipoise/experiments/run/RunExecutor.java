package org.equipoise.experiments.run;

import java.util.List;
import org.equipoise.api.Named;

/**
 * A way to execute runs: in processes of this machine, or on others.
 *
 * <p>Whatever the way, and however many at a time, a run leaves the same record, bit for bit.
 */
public interface RunExecutor extends Named {

  /**
   * Executes runs and waits for them.
   *
   * <p>A run that fails does not keep the others from running. Where this thread is interrupted, or
   * the process asked to end, the runs are asked to write checkpoints and stop, and are waited for.
   *
   * @param tasks the runs, in the order of the plan
   * @param options where and how
   * @param listener hears how they go
   * @return how each ended, in the order of the plan
   * @throws InterruptedException if this thread was interrupted; all runs have stopped then
   */
  List<RunOutcome> execute(List<RunTask> tasks, RunOptions options, RunListener listener)
      throws InterruptedException;
}
