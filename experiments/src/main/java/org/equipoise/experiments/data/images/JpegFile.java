package org.equipoise.experiments.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The segments of a JPEG file.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegFile {

  private static final int MARK = 0xff;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int JFIF = 0xe0;
  private static final int JFIF_VERSION = 11;
  private static final int ADOBE = 0xee;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int TAIL = 4096;
  private static final int ADOBE_TRANSFORM = 11;

  private final Content content;
  private boolean isJfif;
  private int adobeTransform = -1;
  private ImageHeader.Jpeg frame;

  private JpegFile(Content content) {
    this.content = content;
  }

  static boolean isOne(byte[] start) {
    return start.length >= 3
        && Byte.toUnsignedInt(start[0]) == MARK
        && Byte.toUnsignedInt(start[1]) == START
        && Byte.toUnsignedInt(start[2]) == MARK;
  }

  static ImageHeader.Jpeg header(Content content) throws IOException, MalformedImageException {
    return new JpegFile(content).header();
  }

  /**
   * Makes a JFIF file one of version 1, whatever it says.
   *
   * <p>The JDK's reader warns once an image. Of another version it warns first, and then no more of
   * what matters.
   *
   * @param bytes a JPEG file, which changes
   */
  static void giveKnownVersion(byte[] bytes) {
    boolean isJfif =
        bytes.length > JFIF_VERSION
            && Byte.toUnsignedInt(bytes[3]) == JFIF
            && new String(bytes, 6, 4, StandardCharsets.ISO_8859_1).equals("JFIF");
    if (isJfif) {
      bytes[JFIF_VERSION] = 1;
    }
  }

  private ImageHeader.Jpeg header() throws IOException, MalformedImageException {
    long at = 2;
    while (true) {
      int mark = content.uint16(at);
      if (mark >> Byte.SIZE != MARK) {
        throw new MalformedImageException("is a JPEG file with a damaged header");
      }
      int kind = mark & MARK;
      if (kind == MARK) {
        // Any number of these may fill the space before a mark.
        at++;
        continue;
      }
      long body = at + Short.BYTES + Short.BYTES;
      int length = content.uint16(at + Short.BYTES);
      read(kind, body, length - Short.BYTES);
      at = body + length - Short.BYTES;
      if (kind == SCAN) {
        if (frame == null) {
          throw new MalformedImageException("is a JPEG file that does not say its size");
        }
        requireEnd(at);
        return frame;
      }
    }
  }

  private void read(int kind, long body, int length) throws IOException {
    boolean isTable = kind == 0xc4 || kind == 0xc8 || kind == 0xcc;
    if (kind >= FIRST_FRAME && kind <= LAST_FRAME && !isTable && frame == null) {
      int components = Byte.toUnsignedInt(content.read(body + 5, 1)[0]);
      frame =
          new ImageHeader.Jpeg(
              content.uint16(body + 1),
              content.uint16(body + 3),
              components,
              colours(components, body));
    } else if (kind == JFIF && length >= 5) {
      isJfif |= text(body).equals("JFIF");
    } else if (kind == ADOBE && length > ADOBE_TRANSFORM && text(body).equals("Adob")) {
      adobeTransform = content.read(body + ADOBE_TRANSFORM, 1)[0];
    }
  }

  // The rules of the Independent JPEG Group's library, by which all the world reads these files.
  private ImageHeader.Colours colours(int components, long body) throws IOException {
    boolean differences = false;
    if (components == 3) {
      String ids = new String(ids(body), StandardCharsets.ISO_8859_1);
      differences = isJfif || (adobeTransform < 0 ? !ids.equals("RGB") : adobeTransform != 0);
    } else if (components == 4) {
      differences = adobeTransform == 2;
    }
    return differences ? ImageHeader.Colours.DIFFERENCES : ImageHeader.Colours.PLAIN;
  }

  private byte[] ids(long body) throws IOException {
    byte[] three = content.read(body + 6, 9);
    return new byte[] {three[0], three[3], three[6]};
  }

  private String text(long start) throws IOException {
    return new String(content.read(start, 4), StandardCharsets.ISO_8859_1);
  }

  // Within a scan the mark cannot occur by chance, but some programs write more after the end.
  private void requireEnd(long scan) throws IOException, MalformedImageException {
    long tail = Math.max(scan, content.size() - TAIL);
    if (!hasEnd(tail) && !hasEnd(scan)) {
      throw new MalformedImageException("ends too early: the JPEG file has no end mark");
    }
  }

  private boolean hasEnd(long start) throws IOException {
    boolean mark = false;
    for (long at = start; at < content.size(); ) {
      byte[] some = content.read(at, (int) Math.min(1 << 20, content.size() - at));
      for (byte value : some) {
        int unsigned = Byte.toUnsignedInt(value);
        if (mark && unsigned == END) {
          return true;
        }
        mark = unsigned == MARK;
      }
      at += some.length;
    }
    return false;
  }
}
