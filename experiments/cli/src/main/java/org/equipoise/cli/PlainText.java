package org.equipoise.cli;

/**
 * Text of strangers, such as names of files and lines of lists, made fit for a terminal: control
 * characters, which could colour it, clear it or pretend to be output of its own, become question
 * marks.
 */
final class PlainText {

  private PlainText() {}

  /** Returns text that stays on its line. */
  static String line(String text) {
    return plain(text, "\t");
  }

  /** Returns text of several lines, which may keep them. */
  static String lines(String text) {
    return plain(text, "\t\n");
  }

  private static String plain(String text, String kept) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.isISOControl(point) && kept.indexOf(point) < 0 ? '?' : point)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
