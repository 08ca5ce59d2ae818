package org.equipoise.experiments.data.images;

/**
 * Stretches or shrinks a part of an image, antialiased: a new pixel is the mean of all old ones
 * that it covers, weighted by a triangle.
 *
 * <p>Where an image grows this is bilinear interpolation; where it shrinks, the triangle grows with
 * the scale, so that no old pixel goes unseen. First columns, then rows, in bytes, with weights in
 * 2^-22: the arithmetic of the Python Imaging Library's bilinear resize.
 */
final class Resampler {

  private static final int BITS = 22;

  private Resampler() {}

  /** A stretch of pixels along one axis, and which of the new ones are wanted. */
  record Axis(int start, int length, int newLength, int first, int wanted) {}

  /**
   * Writes the wanted pixels.
   *
   * @param source the image
   * @param rows which part of it, to how many pixels, which of them
   * @param columns likewise
   * @param target where to, (rows, columns, channels)
   * @param offset the first byte to write
   */
  static void resample(Pixels source, Axis rows, Axis columns, byte[] target, int offset) {
    Weights down = Weights.of(rows);
    int channels = source.channels();
    int firstRow = down.first();
    int stride = columns.wanted() * channels;
    byte[] narrow = new byte[(down.end() - firstRow) * stride];
    Weights across = Weights.of(columns);
    for (int y = firstRow; y < down.end(); y++) {
      int line = y * source.width() * channels;
      for (int c = 0; c < channels; c++) {
        across.apply(
            source.values(), line + c, channels, narrow, (y - firstRow) * stride + c, channels);
      }
    }
    for (int x = 0; x < stride; x++) {
      down.apply(narrow, x - firstRow * stride, stride, target, offset + x, stride);
    }
  }

  /** For each wanted pixel its first old pixel, how many there are, and what they weigh. */
  private static final class Weights {

    private final int[] starts;
    private final int[][] weights;

    private Weights(int[] starts, int[][] weights) {
      this.starts = starts;
      this.weights = weights;
    }

    static Weights of(Axis axis) {
      int[] starts = new int[axis.wanted()];
      int[][] weights = new int[axis.wanted()][];
      double scale = (double) axis.length() / axis.newLength();
      double reach = Math.max(scale, 1);
      for (int i = 0; i < starts.length; i++) {
        double centre = (axis.first() + i + 0.5) * scale;
        int from = Math.max(0, (int) (centre - reach + 0.5));
        int to = Math.min(axis.length(), (int) (centre + reach + 0.5));
        starts[i] = axis.start() + from;
        weights[i] = triangle(from, to, centre, reach);
      }
      return new Weights(starts, weights);
    }

    private static int[] triangle(int from, int to, double centre, double reach) {
      double[] heights = new double[to - from];
      double sum = 0;
      for (int i = 0; i < heights.length; i++) {
        // Times the inverse, not divided: the last bit differs.
        heights[i] = Math.max(0, 1 - Math.abs((from + i - centre + 0.5) * (1 / reach)));
        sum += heights[i];
      }
      int[] fixed = new int[heights.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (0.5 + heights[i] / sum * (1 << BITS));
      }
      return fixed;
    }

    /** Returns the first old pixel that is needed. */
    int first() {
      return starts[0];
    }

    /** Returns the old pixel after the last that is needed. */
    int end() {
      int last = starts.length - 1;
      return starts[last] + weights[last].length;
    }

    void apply(byte[] from, int start, int step, byte[] to, int toStart, int toStep) {
      for (int i = 0; i < starts.length; i++) {
        int[] own = weights[i];
        int sum = 1 << (BITS - 1);
        int at = start + starts[i] * step;
        for (int weight : own) {
          sum += weight * (from[at] & 0xff);
          at += step;
        }
        to[toStart + i * toStep] = (byte) Math.min(255, sum >> BITS);
      }
    }
  }
}
