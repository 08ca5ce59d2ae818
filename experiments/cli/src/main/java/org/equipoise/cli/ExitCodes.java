package org.equipoise.cli;

/** What the process ends with. */
final class ExitCodes {

  /** All went well. */
  static final int OK = 0;

  /** A run or a check failed. */
  static final int FAILED = 1;

  /** The command line or a config is wrong; nothing was run. */
  static final int USAGE = 2;

  /** Stopped at a checkpoint, as asked. */
  static final int STOPPED = 130;

  private ExitCodes() {}
}
