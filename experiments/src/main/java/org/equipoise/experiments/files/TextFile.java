package org.equipoise.experiments.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads text in UTF-8. */
public final class TextFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Opens a file.
   *
   * @param file the file
   * @return its characters, without the byte order mark that spreadsheets write before the first;
   *     bytes that are no UTF-8 are a {@link java.nio.charset.CharacterCodingException} when read
   * @throws IOException if there is no such file, or it cannot be read
   */
  public static BufferedReader open(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Reads a small file.
   *
   * @param file the file
   * @return its lines
   * @throws IOException if there is no such file, or it is no UTF-8; that message names it
   */
  public static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in = open(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected text in UTF-8", e);
    }
    return lines;
  }
}
