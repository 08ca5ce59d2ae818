package org.equipoise.experiments.data.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FloatFormatTest {

  private static float half(int bits) {
    return FloatFormat.F16.next(bytes(bits));
  }

  private static ByteBuffer bytes(int bits) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) bits).flip();
  }

  @Test
  void should_read_every_16_bit_number_as_ieee_754_says() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = (bits & 0x7c00) >> 10;
      double fraction = (bits & 0x3ff) / 1024.0;
      double size =
          exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
      if (exponent == 31) {
        size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }

      float expected = (float) ((bits & 0x8000) == 0 ? size : -size);
      assertThat(Float.valueOf(half(bits))).as("0x%04x", bits).isEqualTo(Float.valueOf(expected));
    }
  }

  @Test
  void should_know_some_numbers_by_heart() {
    assertThat(half(0x3c00)).isEqualTo(1);
    assertThat(half(0xc000)).isEqualTo(-2);
    assertThat(half(0x7bff)).isEqualTo(65504);
    assertThat(half(0x0001)).isEqualTo(0x1p-24f);
    assertThat(half(0x3555)).isEqualTo(0.33325195f);
  }

  @Test
  void should_read_brain_floats_as_the_upper_half_of_a_float() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertThat(Float.valueOf(FloatFormat.BF16.next(bytes(bits))))
          .isEqualTo(Float.valueOf(Float.intBitsToFloat(bits << 16)));
    }
  }
}
