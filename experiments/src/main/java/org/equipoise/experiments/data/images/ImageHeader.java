package org.equipoise.experiments.data.images;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the outside of an image file says: a closed set of formats.
 *
 * <p>Reading it costs a few short reads, whatever the size of the file, and finds what most damaged
 * files suffer from: they are empty, not images at all, or end too early.
 */
sealed interface ImageHeader {

  /** Rows. */
  long height();

  /** Columns. */
  long width();

  /** A PNG file. */
  record Png(long height, long width) implements ImageHeader {}

  /**
   * A JPEG file.
   *
   * @param components 1 (grey), 3 (colours) or 4 (inks)
   * @param colours what the components mean
   */
  record Jpeg(long height, long width, int components, Colours colours) implements ImageHeader {}

  /** What the components of a JPEG file mean. */
  enum Colours {
    /** Red, green, blue; or inks; or grey. */
    PLAIN,
    /** Brightness and two colour differences, and black if there are four. */
    DIFFERENCES
  }

  /**
   * Reads a header and looks for the end mark.
   *
   * @param content the file
   * @return what it says
   * @throws MalformedImageException if it is not the header or the end of a JPEG or PNG file
   * @throws IOException if the file cannot be read
   */
  static ImageHeader read(Content content) throws IOException, MalformedImageException {
    if (content.size() == 0) {
      throw new MalformedImageException("is empty");
    }
    byte[] start = content.read(0, (int) Math.min(content.size(), 12));
    try {
      if (PngFile.isOne(start)) {
        return PngFile.header(content);
      }
      if (JpegFile.isOne(start)) {
        return JpegFile.header(content);
      }
    } catch (EOFException e) {
      throw new MalformedImageException("ends too early, within its header", e);
    }
    throw new MalformedImageException("is " + kind(start) + "; expected a JPEG or PNG file");
  }

  private static String kind(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("GIF8")) {
      return "a GIF file";
    }
    if (text.startsWith("RIFF") && text.endsWith("WEBP")) {
      return "a WebP file";
    }
    if (text.startsWith("BM")) {
      return "a BMP file";
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "a TIFF file";
    }
    if (text.startsWith("<")) {
      return "text, perhaps a web page";
    }
    byte[] zeros = new byte[start.length];
    return Arrays.equals(start, zeros) ? "nothing but zeros at its start" : "no image";
  }
}
