package org.equipoise.experiments.run;

/** What a process of Equipoise says to the shell when it ends. */
final class ExitCode {

  /** All is well. */
  static final int OK = 0;

  /** Something failed: a run, or the command. */
  static final int FAILED = 1;

  /** The arguments were wrong, and nothing was done. */
  static final int USAGE = 2;

  /** Stopped at a checkpoint when asked to; what shells expect of Ctrl-C. */
  static final int STOPPED = 130;

  /** What the virtual machine itself says when it is terminated before our code could answer. */
  static final int TERMINATED = 143;

  /** What the virtual machine says, told to end when its heap is full. */
  static final int OUT_OF_HEAP = 3;

  /** What the system says of a process that aborted. */
  static final int ABORTED = 134;

  /** What the system says of a process that was killed. */
  static final int KILLED = 137;

  private ExitCode() {}
}
