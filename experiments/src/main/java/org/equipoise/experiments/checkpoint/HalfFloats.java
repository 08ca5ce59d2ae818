package org.equipoise.experiments.checkpoint;

import java.nio.ByteBuffer;

/** Sixteen-bit floating-point numbers, widened without any loss. */
final class HalfFloats {

  private static final int MANTISSA_BITS = 10;
  private static final int FLOAT_MANTISSA_BITS = 23;
  private static final int EXPONENT_MASK = 0x1f;
  private static final int MANTISSA_MASK = 0x3ff;
  private static final int INFINITE_EXPONENT = 0xff;
  // The biases of the exponents: 127 and 15.
  private static final int BIAS_DIFFERENCE = 112;

  private HalfFloats() {}

  /** Reads the rest of a buffer as IEEE 754 binary16. */
  static float[] binary16(ByteBuffer buffer) {
    float[] values = new float[buffer.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = binary16(buffer.getShort());
    }
    return values;
  }

  /** Reads the rest of a buffer as bfloat16: the upper halves of floats. */
  static float[] bfloat16(ByteBuffer buffer) {
    float[] values = new float[buffer.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(buffer.getShort() << Short.SIZE);
    }
    return values;
  }

  private static float binary16(short bits) {
    int sign = (bits & 0x8000) << Short.SIZE;
    int exponent = bits >> MANTISSA_BITS & EXPONENT_MASK;
    int mantissa = bits & MANTISSA_MASK;
    if (exponent == 0) {
      float magnitude = Math.scalb((float) mantissa, -24);
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == EXPONENT_MASK ? INFINITE_EXPONENT : exponent + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(
        sign | wide << FLOAT_MANTISSA_BITS | mantissa << (FLOAT_MANTISSA_BITS - MANTISSA_BITS));
  }
}
