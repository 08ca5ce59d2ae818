package org.equipoise.cli;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What the command's output goes to.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param noColor whether the user asked for no colour
 */
record Terminal(boolean out, boolean err, boolean noColor) {

  /** Output that somebody else reads. */
  static final Terminal PIPED = new Terminal(false, false, true);

  /** Asks the launcher, for Java cannot tell the two streams apart. */
  static Terminal ofProcess(Map<String, String> environment) {
    return new Terminal(
        Boolean.getBoolean("equipoise.terminal.out"),
        Boolean.getBoolean("equipoise.terminal.err"),
        !environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  Ansi ansi() {
    return out && !noColor ? Ansi.ON : Ansi.OFF;
  }
}
