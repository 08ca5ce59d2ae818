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

  private RunLengthText() {}

  /** Returns the runs, whose sum is the number of pixels. */
  static int[] runs(byte[] text, int from, int to, int height, int width) {
    int[] runs = new int[to - from];
    return Arrays.copyOf(runs, read(text, from, to, height, width, runs));
  }

  /** Returns the area, after the same checks. */
  static int area(byte[] text, int height, int width) {
    int[] runs = new int[text.length];
    int count = read(text, 0, text.length, height, width, runs);
    int area = 0;
    for (int i = 1; i < count; i += 2) {
      area += runs[i];
    }
    return area;
  }

  /** Returns how many runs there are. Most of the cost of reading masks is here. */
  private static int read(byte[] text, int from, int to, int height, int width, int[] runs) {
    long pixels = (long) height * width;
    int count = 0;
    long sum = 0;
    int at = from;
    while (at < to) {
      int bits = text[at++] - FIRST;
      // Of one character, as most are.
      long run = (long) bits - ((bits & SIGN) << 1);
      if (bits < 0 || bits >= MORE) {
        run = bits & PAYLOAD;
        int shift = PAYLOAD_BITS;
        while (bits >= MORE && bits <= LAST - FIRST && at < to && shift < LONGEST) {
          bits = text[at++] - FIRST;
          run |= (long) (bits & PAYLOAD) << shift;
          shift += PAYLOAD_BITS;
        }
        if (bits < 0 || bits >= MORE) {
          throw new IllegalArgumentException("counts: " + problem(bits, at - from, at == to));
        }
        if ((bits & SIGN) != 0) {
          run |= -1L << shift;
        }
      }
      if (count >= PLAIN_RUNS) {
        run += runs[count - 2];
      }
      sum += run;
      if (run < 0 || sum > pixels) {
        throw new IllegalArgumentException(
            "counts: run "
                + (count + 1)
                + " is "
                + run
                + ": too much for "
                + RunLengthMask.size(height, width));
      }
      runs[count++] = (int) run;
    }
    RunLengthMask.requireFull(sum, height, width);
    return count;
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
