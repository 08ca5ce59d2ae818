package org.equipoise.experiments.data.features;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The integer formats in which labels are stored. */
enum IntegerFormat {
  I64(Long.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  I32(Integer.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  I16(Short.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  I8(Byte.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U32(Integer.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  U16(Short.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return Short.toUnsignedLong(bytes.getShort());
    }
  },
  U8(Byte.BYTES) {
    @Override
    long next(ByteBuffer bytes) {
      return Byte.toUnsignedLong(bytes.get());
    }
  };

  private final int bytes;

  IntegerFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of a value. */
  int bytes() {
    return bytes;
  }

  /** Takes the next value out of a little-endian buffer. */
  abstract long next(ByteBuffer bytes);

  /** Returns the format of a name, as safetensors headers say it. */
  static Optional<IntegerFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> format.name().equals(name)).findFirst();
  }

  /** Lists the names. */
  static String known() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
