package org.equipoise.api.training;

import org.equipoise.api.Named;

/** How the learning rate moves over a stage. */
public interface ScheduleSpec extends Named {

  /**
   * Returns what the base learning rate is multiplied by at a step.
   *
   * @param at the point of time
   * @return a factor &gt;= 0
   */
  double factor(Progress at);

  /**
   * A point of time within a stage.
   *
   * @param step the step, 0-based, in [0, epochs x stepsPerEpoch)
   * @param stepsPerEpoch steps an epoch, &gt;= 1
   * @param epochs the length of the stage, in epochs
   */
  record Progress(long step, int stepsPerEpoch, int epochs) {

    /**
     * Returns the whole epochs that have passed.
     *
     * @return the epoch, 0-based
     */
    public int epoch() {
      return Math.toIntExact(step / stepsPerEpoch);
    }

    /**
     * Returns the time that has passed, in epochs.
     *
     * @return a number in [0, epochs)
     */
    public double time() {
      return (double) step / stepsPerEpoch;
    }
  }
}
