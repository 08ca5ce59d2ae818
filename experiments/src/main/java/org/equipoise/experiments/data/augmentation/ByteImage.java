package org.equipoise.experiments.data.augmentation;

import java.util.function.IntUnaryOperator;

/**
 * One image of bytes, on which published policies are defined.
 *
 * <p>Changes give a new image and round as the Python Imaging Library does.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 or 3
 * @param values 0..255, channels last; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: an array of pixels on its way.
record ByteImage(int height, int width, int channels, int[] values) {

  private static final int LARGEST = 255;

  /** Changes each value on its own. */
  ByteImage map(IntUnaryOperator change) {
    int[] changed = new int[values.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.applyAsInt(values[i]);
    }
    return with(changed);
  }

  private ByteImage with(int[] other) {
    return new ByteImage(height, width, channels, other);
  }

  /** Replaces each value by that of its channel's table, clipped to 0..255. */
  private ByteImage lookUp(int[][] tables) {
    int[] changed = new int[values.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = Math.min(LARGEST, Math.max(0, tables[i % channels][values[i]]));
    }
    return with(changed);
  }

  private int[] histogram(int channel) {
    int[] counts = new int[LARGEST + 1];
    for (int i = channel; i < values.length; i += channels) {
      counts[values[i]]++;
    }
    return counts;
  }

  private static int[] identity() {
    int[] table = new int[LARGEST + 1];
    for (int value = 0; value <= LARGEST; value++) {
      table[value] = value;
    }
    return table;
  }

  /** Stretches each channel to the whole range; a channel of one value stays. */
  ByteImage autoContrast() {
    int[][] tables = new int[channels][];
    for (int channel = 0; channel < channels; channel++) {
      int[] counts = histogram(channel);
      int least = 0;
      while (counts[least] == 0) {
        least++;
      }
      int most = LARGEST;
      while (counts[most] == 0) {
        most--;
      }
      tables[channel] = identity();
      if (most > least) {
        double scale = (double) LARGEST / (most - least);
        double offset = -least * scale;
        for (int value = 0; value <= LARGEST; value++) {
          tables[channel][value] = (int) (value * scale + offset);
        }
      }
    }
    return lookUp(tables);
  }

  /** Flattens the histogram of each channel; one of too few pixels stays. */
  ByteImage equalized() {
    int[][] tables = new int[channels][];
    for (int channel = 0; channel < channels; channel++) {
      int[] counts = histogram(channel);
      int last = LARGEST;
      while (counts[last] == 0) {
        last--;
      }
      int step = (height * width - counts[last]) / LARGEST;
      tables[channel] = identity();
      if (step > 0) {
        int sum = step / 2;
        for (int value = 0; value <= LARGEST; value++) {
          tables[channel][value] = sum / step;
          sum += counts[value];
        }
      }
    }
    return lookUp(tables);
  }

  /** Blends from an image (factor 0) to this one (1) and beyond. */
  ByteImage blendedFrom(ByteImage base, double factor) {
    int[] changed = new int[values.length];
    for (int i = 0; i < changed.length; i++) {
      int from = base.values[i];
      float blended = from + (float) factor * (values[i] - from);
      changed[i] = (int) Math.min(LARGEST, Math.max(0, blended));
    }
    return with(changed);
  }

  /** Returns an image of one value. */
  ByteImage filled(int value) {
    return map(old -> value);
  }

  /** Returns the grey image, with as many channels as this one. */
  ByteImage grey() {
    if (channels == 1) {
      return this;
    }
    int[] grey = new int[values.length];
    for (int i = 0; i < grey.length; i += channels) {
      // The weights 0.299, 0.587 and 0.114 in 65536ths.
      int value =
          (19_595 * values[i] + 38_470 * values[i + 1] + 7_471 * values[i + 2] + 32_768) >> 16;
      for (int channel = 0; channel < channels; channel++) {
        grey[i + channel] = value;
      }
    }
    return with(grey);
  }

  /** Returns the mean of all values, rounded half up. */
  int mean() {
    long sum = 0;
    for (int value : values) {
      sum += value;
    }
    return (int) Math.floor((double) sum / values.length + 0.5);
  }

  /** Averages each pixel (weight 5 of 13) with its eight neighbours; the border stays. */
  ByteImage smoothed() {
    int[] changed = values.clone();
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        for (int channel = 0; channel < channels; channel++) {
          int sum = 4 * values[at(y, x, channel)];
          for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
              sum += values[at(y + down, x + right, channel)];
            }
          }
          changed[at(y, x, channel)] = (2 * sum + 13) / 26;
        }
      }
    }
    return with(changed);
  }

  private int at(int y, int x, int channel) {
    return (y * width + x) * channels + channel;
  }

  /**
   * Takes each pixel from where a map leads from its centre, without interpolation.
   *
   * @param map a, b, c, d, e, f: from column a x + b y + c and row d x + e y + f
   * @param fill the value of what comes from outside
   */
  ByteImage affine(double[] map, int fill) {
    int[] changed = new int[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromX = (int) Math.floor(map[0] * (x + 0.5) + map[1] * (y + 0.5) + map[2]);
        int fromY = (int) Math.floor(map[3] * (x + 0.5) + map[4] * (y + 0.5) + map[5]);
        boolean inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
        for (int channel = 0; channel < channels; channel++) {
          changed[at(y, x, channel)] = inside ? values[at(fromY, fromX, channel)] : fill;
        }
      }
    }
    return with(changed);
  }
}
