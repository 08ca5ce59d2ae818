package org.equipoise.experiments.data.folders;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.equipoise.experiments.files.TextFile;

/** The lines of a list, with their numbers. */
final class ListLines {

  private ListLines() {}

  /** What is done with a line. */
  @FunctionalInterface
  interface Reader {

    /**
     * Reads a line.
     *
     * @param number its number, from 1
     * @param line what it says, not blank
     * @throws MalformedLineException if it says nothing that was expected
     */
    void read(int number, String line) throws MalformedLineException;
  }

  /** A line that says nothing that was expected. */
  static final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedLineException(String reason) {
      super(reason);
    }
  }

  /**
   * Reads all lines that are not blank.
   *
   * @throws IOException if the file is missing, no UTF-8 text, or has malformed lines, of which the
   *     first twenty are told
   */
  static void read(Path file, Reader reader) throws IOException {
    Complaints complaints = new Complaints();
    int number = 0;
    try (BufferedReader in = TextFile.open(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        try {
          if (!line.isBlank()) {
            reader.read(number, line);
          }
        } catch (MalformedLineException e) {
          complaints.add("line " + number + ": " + e.getMessage());
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": missing; expected a list of images", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": not UTF-8, somewhere after line " + number, e);
    }
    complaints.throwIfAny(file);
  }

  /** Checks the name of a file and returns it. */
  static String path(String text) throws MalformedLineException {
    String path = text.strip();
    if (path.isEmpty()) {
      throw new MalformedLineException("no path");
    }
    if (path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new MalformedLineException(
          "path \"" + path + "\": expected one below the root, without a slash at its start");
    }
    return path;
  }
}
