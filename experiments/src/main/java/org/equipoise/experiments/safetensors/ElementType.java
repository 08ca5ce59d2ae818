package org.equipoise.experiments.safetensors;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The element types of the format.
 *
 * @see <a href="https://docs.rs/safetensors/latest/safetensors/tensor/enum.Dtype.html">the format's
 *     list</a>
 */
enum ElementType {
  BOOL(8),
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  U8(8),
  I8(8),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  I16(16),
  U16(16),
  F16(16),
  BF16(16),
  I32(32),
  U32(32),
  F32(32),
  C64(64),
  F64(64),
  I64(64),
  U64(64);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  static Optional<ElementType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static List<ElementType> known() {
    return List.of(values());
  }

  /** Returns whether an array of a shape takes so many bytes. */
  boolean takes(List<Long> shape, long bytes) {
    BigInteger needed = BigInteger.valueOf(bits);
    for (long length : shape) {
      needed = needed.multiply(BigInteger.valueOf(length));
    }
    return needed.equals(BigInteger.valueOf(bytes).shiftLeft(3));
  }
}
