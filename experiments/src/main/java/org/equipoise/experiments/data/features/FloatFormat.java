package org.equipoise.experiments.data.features;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The floating-point formats in which features are stored. Every value of each is a float32.
 *
 * @see <a href="https://doi.org/10.1109/IEEESTD.2019.8766229">IEEE 754-2019, section 3.6, for the
 *     16-bit format</a>
 */
enum FloatFormat {
  /** IEEE 754 binary32. */
  F32(Float.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
  F16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      int bits = Short.toUnsignedInt(bytes.getShort());
      int exponent = bits >>> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      float size;
      if (exponent == 0) {
        size = fraction * 0x1p-24f;
      } else {
        int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        size = Float.intBitsToFloat(wide << 23 | fraction << 13);
      }
      return (bits & 0x8000) == 0 ? size : -size;
    }
  },
  /** The upper half of a binary32. */
  BF16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  };

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of a value. */
  int bytes() {
    return bytes;
  }

  /** Takes the next value out of a little-endian buffer. */
  abstract float next(ByteBuffer bytes);

  /** Returns the format of a name, as safetensors headers say it. */
  static Optional<FloatFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> format.name().equals(name)).findFirst();
  }

  /** Lists the names. */
  static String known() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
