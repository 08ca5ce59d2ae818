package org.equipoise.methods.head;

/** Facts about drawn weights. */
final class Bounds {

  private Bounds() {}

  static double largestMagnitude(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
