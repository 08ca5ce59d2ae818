package org.equipoise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The command, run in this process on streams that a test can read. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(String... args) {
    return of(Terminal.PIPED, args);
  }

  static CommandRun of(Terminal terminal, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Equipoise.commandLine(terminal)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
