package org.equipoise.experiments.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads gzipped IDX files of unsigned bytes, the format of MNIST and its successors.
 *
 * <p>Big-endian: two zero bytes, the element type (8), the number of axes, the length of each axis
 * as int32, then the elements, row-major.
 *
 * @see <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST, whose files these
 *     are</a>
 */
final class IdxReader {

  private static final int UNSIGNED_BYTE = 8;

  private IdxReader() {}

  /**
   * Reads a file to its end.
   *
   * @param file its name, for messages
   * @param in the gzipped bytes; not closed
   * @param axes how many axes it must have: 3 for images (N, height, width), 1 for labels (N)
   * @return what it holds
   * @throws IOException if it is not such a file, is cut short, or goes on after the last element
   */
  static Idx read(String file, InputStream in, int axes) throws IOException {
    try {
      DataInputStream data =
          new DataInputStream(new BufferedInputStream(new GZIPInputStream(in, 1 << 16)));
      int magic = data.readInt();
      int expected = (UNSIGNED_BYTE << 8) | axes;
      if (magic != expected) {
        throw new IOException(
            String.format(
                "%s: magic number is 0x%08x; expected 0x%08x, unsigned bytes with %d %s",
                file, magic, expected, axes, axes == 1 ? "axis" : "axes"));
      }
      int[] lengths = new int[axes];
      long size = 1;
      for (int a = 0; a < axes; a++) {
        lengths[a] = data.readInt();
        if (lengths[a] < 1) {
          throw new IOException(
              file + ": axis " + a + " has length " + lengths[a] + "; expected >= 1");
        }
        size *= lengths[a];
        if (size > Integer.MAX_VALUE - 8) {
          throw new IOException(
              file + ": axis lengths ask for more than 2 GB; the file is damaged");
        }
      }
      byte[] values = data.readNBytes((int) size);
      if (values.length != size) {
        throw new IOException(file + ": ends after " + values.length + " of " + size + " elements");
      }
      if (data.read() != -1) {
        throw new IOException(file + ": goes on after its " + size + " elements");
      }
      return new Idx(lengths, values);
    } catch (EOFException e) {
      throw new IOException(file + ": ends too early", e);
    } catch (ZipException e) {
      throw new IOException(file + ": is not a sound gzip file: " + e.getMessage(), e);
    }
  }

  /**
   * The contents of a file.
   *
   * @param lengths the length of each axis
   * @param values the elements, row-major, unsigned
   */
  record Idx(int[] lengths, byte[] values) {}
}
