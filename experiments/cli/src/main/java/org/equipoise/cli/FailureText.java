package org.equipoise.cli;

import java.nio.file.Path;

/** What is said of a run that failed: why, all of it, and where its log is. */
final class FailureText {

  private FailureText() {}

  static String of(String run, String reason, Path log) {
    String before = reason.contains("\n") ? "\n  " : " ";
    return PlainText.lines(run + " failed: " + reason) + before + "(log: " + log + ")";
  }
}
