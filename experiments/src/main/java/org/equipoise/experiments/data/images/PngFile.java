package org.equipoise.experiments.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The chunks of a PNG file.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, section 5</a>
 */
final class PngFile {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int SIZE_AND_TYPE = 8;
  private static final int CHECKSUM = 4;

  private PngFile() {}

  static boolean isOne(byte[] start) {
    return start.length >= SIGNATURE.length
        && Arrays.equals(start, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static ImageHeader.Png header(Content content) throws IOException, MalformedImageException {
    if (!type(content, SIGNATURE.length).equals("IHDR")) {
      throw new MalformedImageException("is a PNG file that does not begin with its header");
    }
    long first = (long) SIGNATURE.length + SIZE_AND_TYPE;
    long width = content.uint32(first);
    long height = content.uint32(first + Integer.BYTES);
    requireEnd(content);
    return new ImageHeader.Png(height, width);
  }

  private static void requireEnd(Content content) throws IOException, MalformedImageException {
    long at = SIGNATURE.length;
    while (at + SIZE_AND_TYPE + CHECKSUM <= content.size()) {
      if (type(content, at).equals("IEND")) {
        return;
      }
      at += SIZE_AND_TYPE + content.uint32(at) + CHECKSUM;
    }
    throw new MalformedImageException("ends too early: the PNG file has no end mark");
  }

  private static String type(Content content, long chunk) throws IOException {
    return new String(
        content.read(chunk + Integer.BYTES, Integer.BYTES), StandardCharsets.ISO_8859_1);
  }
}
