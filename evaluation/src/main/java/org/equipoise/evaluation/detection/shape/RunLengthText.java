package org.equipoise.evaluation.detection.shape;

import java.util.Arrays;

/**
 * The string form of run lengths: six bits a character from {@code '0'} on, five of them payload,
 * lowest first; from the fourth run on the difference to the run two before it.
 */
final class RunLengthText {

  private static final int FIRST = 48;
  private static final int LAST = 111;
  private static final int PAYLOAD_BITS = 5;
  private static final int PAYLOAD = 0x1f;
  private static final int SIGN = 0x10;
  private static final int MORE = 0x20;

  /** Bits that hold any difference of two runs. */
  private static final int LONGEST = 35;

  private static final int PLAIN_RUNS = 3;

  private static final int[] NOT_KEPT = {};

  private RunLengthText() {}

  /** Returns the runs, whose sum is the number of pixels. */
  static int[] runs(byte[] text, int from, int to, int height, int width) {
    int[] runs = new int[to - from];
    return Arrays.copyOf(runs, read(text, from, to, height, width, runs));
  }

  /** Returns the area, after the same checks. */
  static int area(byte[] text, int height, int width) {
    return read(text, 0, text.length, height, width, NOT_KEPT);
  }

  /**
   * Goes through the runs. Most of the cost of reading masks is here.
   *
   * @param kept receives the runs, unless it is {@link #NOT_KEPT}
   * @return how many runs were kept; if none were to be, the area
   */
  private static int read(byte[] text, int from, int to, int height, int width, int[] kept) {
    boolean keeps = kept != NOT_KEPT;
    int left = height * width;
    int count = 0;
    int area = 0;
    int run = 0;
    int before = 0;
    int at = from;
    while (at < to) {
      int bits = text[at++] - FIRST;
      long next;
      if ((bits & ~PAYLOAD) == 0) {
        // Of one character, as most are.
        next = (long) (bits ^ SIGN) - SIGN;
      } else {
        next = bits & PAYLOAD;
        int shift = PAYLOAD_BITS;
        while (bits >= MORE && bits <= LAST - FIRST && at < to && shift < LONGEST) {
          bits = text[at++] - FIRST;
          next |= (long) (bits & PAYLOAD) << shift;
          shift += PAYLOAD_BITS;
        }
        if (bits < 0 || bits >= MORE) {
          throw new IllegalArgumentException("counts: " + problem(bits, at - from, at == to));
        }
        if ((bits & SIGN) != 0) {
          next |= -1L << shift;
        }
      }
      if (count >= PLAIN_RUNS) {
        next += before;
      }
      if (next < 0 || next > left) {
        throw new IllegalArgumentException(
            "counts: run "
                + (count + 1)
                + " is "
                + next
                + ": too much for "
                + RunLengthMask.size(height, width));
      }
      before = run;
      run = (int) next;
      left -= run;
      if (keeps) {
        kept[count] = run;
      } else {
        // Foreground is every other one, from the second on.
        area += run & -(count & 1);
      }
      count++;
    }
    RunLengthMask.requireFull((long) height * width - left, height, width);
    return keeps ? count : area;
  }

  private static String problem(int bits, int character, boolean atEnd) {
    if (bits < 0 || bits > LAST - FIRST) {
      return "character " + character + " is none of '0' to 'o'";
    }
    return atEnd ? "ends within a number" : "the number at character " + character + " is too long";
  }

  static String of(int[] runs) {
    StringBuilder text = new StringBuilder(2 * runs.length);
    for (int i = 0; i < runs.length; i++) {
      long rest = i < PLAIN_RUNS ? runs[i] : (long) runs[i] - runs[i - 2];
      boolean more;
      do {
        int bits = (int) (rest & PAYLOAD);
        rest >>= PAYLOAD_BITS;
        more = (bits & SIGN) == 0 ? rest != 0 : rest != -1;
        text.append((char) (FIRST + (more ? bits | MORE : bits)));
      } while (more);
    }
    return text.toString();
  }
}
