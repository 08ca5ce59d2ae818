package org.equipoise.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs the equipoise command. */
public final class Main {

  private Main() {}

  /**
   * Runs the command and ends the process: with 0 if all went well, with 1 if a run or a check
   * failed, with 2 if the command line or a config is wrong, with 130 after Ctrl-C.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    int code =
        Equipoise.commandLine(terminal)
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(args);
    System.exit(code);
  }
}
