package org.equipoise.experiments.data.augmentation;

import java.awt.image.BufferedImage;

/** A small drawn picture with colours, edges and a side to every direction, free of any licence. */
final class Picture {

  static final int SIDE = 32;

  private static final int[] SUN = {250, 210, 40};
  private static final int[] ROOF = {190, 50, 40};
  private static final int[] WALL = {235, 215, 180};
  private static final int[] WINDOW = {60, 70, 110};
  private static final int[] TRUNK = {110, 70, 40};
  private static final int[] CROWN = {30, 120, 60};
  private static final float WHITE = 255;

  private Picture() {}

  /** Returns one image (SIDE, SIDE, 3) of values in [0, 1]. */
  static float[] pixels() {
    float[] pixels = new float[SIDE * SIDE * 3];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int[] colour = colour(x, y);
        for (int channel = 0; channel < 3; channel++) {
          pixels[(y * SIDE + x) * 3 + channel] = colour[channel] / WHITE;
        }
      }
    }
    return pixels;
  }

  private static int[] colour(int x, int y) {
    if (square(x - 25) + square(y - 6) <= 12) {
      return SUN;
    }
    if (y >= 9 && y < 15 && Math.abs(x - 11) <= y - 8) {
      return ROOF;
    }
    if (x >= 6 && x < 17 && y >= 15 && y < 25) {
      boolean window = x >= 8 && x < 11 && y >= 17 && y < 20;
      boolean door = x >= 12 && x < 15 && y >= 19;
      return window || door ? WINDOW : WALL;
    }
    if (square(x - 25) + square(y - 17) <= 14) {
      return CROWN;
    }
    if (x >= 24 && x < 27 && y >= 19 && y < 26) {
      return TRUNK;
    }
    return y < 23
        ? new int[] {90 + 4 * y, 150 + 3 * y, 240}
        : new int[] {70 + 3 * (y - 23), 170 - 8 * (y - 23), 60 + (x % 4 == 0 ? 20 : 0)};
  }

  private static int square(int value) {
    return value * value;
  }

  /**
   * Puts images side by side, each pixel a square, with a gap between them.
   *
   * @param images (N, SIDE, SIDE, 3), values in [0, 1]
   * @param scale the side of a pixel
   * @param gap white pixels between two images
   */
  static BufferedImage row(float[] images, int scale, int gap) {
    int size = SIDE * SIDE * 3;
    int count = images.length / size;
    int step = SIDE * scale + gap;
    BufferedImage row =
        new BufferedImage(count * step - gap, SIDE * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < row.getHeight(); y++) {
      for (int x = 0; x < row.getWidth(); x++) {
        int image = x / step;
        int column = x % step / scale;
        int pixel = image * size + (y / scale * SIDE + column) * 3;
        row.setRGB(x, y, column < SIDE ? rgb(images, pixel) : 0xffffff);
      }
    }
    return row;
  }

  private static int rgb(float[] values, int at) {
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      rgb = rgb << 8 | Math.round(values[at + channel] * WHITE);
    }
    return rgb;
  }
}
