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

  private ExitCode() {}
}
