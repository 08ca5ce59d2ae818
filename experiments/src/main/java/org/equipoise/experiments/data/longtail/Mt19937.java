package org.equipoise.experiments.data.longtail;

/**
 * The Mersenne Twister with NumPy's legacy seeding and shuffling, bit for bit: what {@code
 * np.random.seed(s)} and {@code np.random.shuffle} do.
 *
 * <p>The published long-tailed subsets are defined by it, so no better generator will do. Not safe
 * for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto and Nishimura 1998</a>
 * @see <a href="https://numpy.org/doc/stable/reference/random/legacy.html">NumPy's legacy
 *     generator, whose stream is frozen</a>
 */
final class Mt19937 {

  /** The largest seed that NumPy takes. */
  static final long MAX_SEED = 0xFFFF_FFFFL;

  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final int TWIST = 0x9908B0DF;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /**
   * Seeds a generator.
   *
   * @param seed 0..2^32-1
   */
  Mt19937(long seed) {
    requireSeed("seed", seed);
    state[0] = (int) seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /**
   * Checks the range of a seed.
   *
   * @param name what messages call it
   * @param seed the seed
   * @throws IllegalArgumentException unless it is 0..2^32-1
   */
  static void requireSeed(String name, long seed) {
    if (seed < 0 || seed > MAX_SEED) {
      throw new IllegalArgumentException(name + ": expected 0.." + MAX_SEED + ", is " + seed);
    }
  }

  /** Returns 32 random bits. */
  int nextBits() {
    if (next == SIZE) {
      twist();
    }
    int bits = state[next++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9D2C5680;
    bits ^= (bits << 15) & 0xEFC60000;
    return bits ^ (bits >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int mixed = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7FFFFFFF);
      state[i] = state[(i + SHIFT) % SIZE] ^ (mixed >>> 1) ^ ((mixed & 1) * TWIST);
    }
    next = 0;
  }

  /**
   * Puts values into a random order.
   *
   * @param values shuffled in place
   */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = upTo(i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  // Masked rejection: how many draws a number takes is part of the frozen stream.
  private int upTo(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = nextBits() & mask;
    } while (value > max);
    return value;
  }
}
