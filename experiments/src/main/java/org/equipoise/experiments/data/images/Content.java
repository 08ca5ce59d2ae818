package org.equipoise.experiments.data.images;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file, on disk or in memory. */
interface Content {

  /** Returns how many there are. */
  long size() throws IOException;

  /**
   * Returns some of them.
   *
   * @throws EOFException if there are not so many
   */
  byte[] read(long start, int length) throws IOException;

  /** Looks at a file that is in memory. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long start, int length) throws EOFException {
        if (start + length > bytes.length) {
          throw new EOFException();
        }
        byte[] some = new byte[length];
        System.arraycopy(bytes, (int) start, some, 0, length);
        return some;
      }
    };
  }

  /** Looks at a file on disk. */
  static Content of(FileChannel channel) {
    return new Content() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public byte[] read(long start, int length) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(length);
        while (some.hasRemaining()) {
          if (channel.read(some, start + some.position()) < 0) {
            throw new EOFException();
          }
        }
        return some.array();
      }
    };
  }

  /** Returns a big-endian number of two bytes. */
  default int uint16(long start) throws IOException {
    byte[] two = read(start, Short.BYTES);
    return (Byte.toUnsignedInt(two[0]) << Byte.SIZE) | Byte.toUnsignedInt(two[1]);
  }

  /** Returns a big-endian number of four bytes. */
  default long uint32(long start) throws IOException {
    return Integer.toUnsignedLong(ByteBuffer.wrap(read(start, Integer.BYTES)).getInt());
  }
}
