package org.equipoise.evaluation.detection.io;

/**
 * Numbers as detections have them, some digits around a point, read in one go.
 *
 * <p>A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so their
 * quotient is the double next to the decimal: the number that any correct parser returns, for a
 * fraction of the work. Everything else is left to the parser.
 */
final class ShortDecimal {

  /** Below 2^53, whatever the digits are. */
  private static final int MOST_DIGITS = 15;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private ShortDecimal() {}

  /**
   * Reads a JSON number with a point.
   *
   * @param text has it
   * @param from where it begins
   * @param length its length
   * @return its value; NaN if it is longer, has no point, has an exponent or is none
   */
  static double of(char[] text, int from, int length) {
    int end = from + length;
    boolean negative = length > 0 && text[from] == '-';
    int at = negative ? from + 1 : from;
    // One more for the point.
    if (end - at > MOST_DIGITS + 1) {
      return Double.NaN;
    }
    long digits = 0;
    int point = -1;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
      } else if (text[at] == '.' && point < 0) {
        point = at + 1;
      } else {
        return Double.NaN;
      }
    }
    if (point < 0) {
      return Double.NaN;
    }
    double value = digits / POWERS[end - point];
    return negative ? -value : value;
  }
}
