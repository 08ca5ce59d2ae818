package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Layers on maps of one image, [channel][row][column], as plain loops over their definitions. */
final class PlainMaps {

  private PlainMaps() {}

  static double[][][] of(float[] values, int channels, int height, int width) {
    double[][][] maps = new double[channels][height][width];
    for (int i = 0; i < values.length; i++) {
      maps[i / (height * width)][i / width % height][i % width] = values[i];
    }
    return maps;
  }

  /** A convolution with a border of zeros; how many channels it sees says the kernel. */
  static double[][][] convolved(NDArray kernel, int stride, double[][][] input) {
    int outputs = (int) kernel.getShape().get(0);
    int seen = (int) kernel.getShape().get(1);
    int side = (int) kernel.getShape().get(2);
    int outputsPerGroup = outputs * seen / input.length;
    float[] weights = kernel.toFloatArray();
    int height = input[0].length;
    int width = input[0][0].length;
    double[][][] result =
        new double[outputs][(height + stride - 1) / stride][(width + stride - 1) / stride];
    for (int o = 0; o < outputs; o++) {
      int first = o / outputsPerGroup * seen;
      for (int h = 0; h < height; h += stride) {
        for (int w = 0; w < width; w += stride) {
          double sum = 0;
          for (int i = 0; i < seen; i++) {
            for (int tap = 0; tap < side * side; tap++) {
              int row = h + tap / side - side / 2;
              int column = w + tap % side - side / 2;
              if (row >= 0 && row < height && column >= 0 && column < width) {
                sum += input[first + i][row][column] * weights[(o * seen + i) * side * side + tap];
              }
            }
          }
          result[o][h / stride][w / stride] = sum;
        }
      }
    }
    return result;
  }

  /** 3x3 max pooling with stride 2. */
  static double[][][] pooled(double[][][] input) {
    int height = input[0].length;
    int width = input[0][0].length;
    double[][][] result = new double[input.length][(height + 1) / 2][(width + 1) / 2];
    for (int c = 0; c < input.length; c++) {
      for (int h = 0; h < height; h += 2) {
        for (int w = 0; w < width; w += 2) {
          double max = Double.NEGATIVE_INFINITY;
          for (int row = Math.max(0, h - 1); row <= Math.min(height - 1, h + 1); row++) {
            for (int column = Math.max(0, w - 1); column <= Math.min(width - 1, w + 1); column++) {
              max = Math.max(max, input[c][row][column]);
            }
          }
          result[c][h / 2][w / 2] = max;
        }
      }
    }
    return result;
  }

  /** Batch normalisation in inference mode, with the arrays whose names start with a prefix. */
  static double[][][] normalised(Map<String, NDArray> weights, String prefix, double[][][] input) {
    double[][][] result = new double[input.length][][];
    for (int c = 0; c < input.length; c++) {
      double mean = weights.get(prefix + "runningMean").getFloat(c);
      double deviation = Math.sqrt(weights.get(prefix + "runningVar").getFloat(c) + 1e-5);
      double scale = weights.get(prefix + "gamma").getFloat(c);
      double shift = weights.get(prefix + "beta").getFloat(c);
      result[c] = new double[input[c].length][input[c][0].length];
      for (int h = 0; h < input[c].length; h++) {
        for (int w = 0; w < input[c][h].length; w++) {
          result[c][h][w] = (input[c][h][w] - mean) / deviation * scale + shift;
        }
      }
    }
    return result;
  }

  static double[][][] rectified(double[][][] input) {
    double[][][] result = new double[input.length][input[0].length][input[0][0].length];
    for (int c = 0; c < input.length; c++) {
      for (int h = 0; h < input[c].length; h++) {
        for (int w = 0; w < input[c][h].length; w++) {
          result[c][h][w] = Math.max(0, input[c][h][w]);
        }
      }
    }
    return result;
  }
}
