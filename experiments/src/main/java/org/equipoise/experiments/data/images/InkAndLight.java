package org.equipoise.experiments.data.images;

import java.awt.image.Raster;

/**
 * The components of a JPEG file as light.
 *
 * <p>In whole numbers, as the Independent JPEG Group's library computes them. Inks are stored the
 * wrong way round, 255 for none, as Adobe began it and all others follow.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/jfif3.pdf">JFIF 1.02, page 3, for the colour
 *     differences</a>
 */
final class InkAndLight {

  private static final int MIDDLE = 128;
  private static final int HALF = 1 << 15;

  private InkAndLight() {}

  static Pixels convert(ImageHeader.Jpeg header, Raster raster) throws MalformedImageException {
    int bands = raster.getNumBands();
    if (bands != 1 && bands != 3 && bands != 4) {
      throw new MalformedImageException("has " + bands + " components; expected 1, 3 or 4");
    }
    int channels = bands == 1 ? 1 : 3;
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] values = new byte[Math.multiplyExact(channels, width * height)];
    int[] row = new int[width * bands];
    boolean differences = header.colours() == ImageHeader.Colours.DIFFERENCES;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int from = x * bands;
        if (differences) {
          toLight(row, from);
        }
        if (bands == 4) {
          underBlack(row, from, differences);
        }
        int to = (y * width + x) * channels;
        for (int c = 0; c < channels; c++) {
          values[to + c] = (byte) row[from + c];
        }
      }
    }
    return new Pixels(height, width, channels, values);
  }

  private static void toLight(int[] row, int at) {
    int light = row[at];
    int blue = row[at + 1] - MIDDLE;
    int red = row[at + 2] - MIDDLE;
    row[at] = clip(light, 91_881 * red);
    row[at + 1] = clip(light, -22_554 * blue - 46_802 * red);
    row[at + 2] = clip(light, 116_130 * blue);
  }

  private static void underBlack(int[] row, int at, boolean inverted) {
    int black = row[at + 3];
    for (int c = at; c < at + 3; c++) {
      int ink = inverted ? 255 - row[c] : row[c];
      row[c] = (ink * black + 127) / 255;
    }
  }

  private static int clip(int light, int colour) {
    return Math.min(255, Math.max(0, light + ((colour + HALF) >> 16)));
  }
}
