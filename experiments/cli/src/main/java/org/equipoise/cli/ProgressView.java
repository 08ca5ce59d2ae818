package org.equipoise.cli;

/** Shows people how an experiment goes while it runs. Called from one thread at a time. */
interface ProgressView extends AutoCloseable {

  /**
   * Shows a new state, if it is time to; called several times a second.
   *
   * @param progress the state
   * @param doing what is being done right now
   */
  void update(Progress progress, String doing);

  /**
   * Shows at once what happens seldom: that a run is over, or waits for another.
   *
   * @param progress the state
   * @param what which run, and what became of it
   */
  void tell(Progress progress, String what);

  @Override
  void close();
}
