package org.equipoise.cli.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Sampler;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Three round clouds of points in the plane: 150 of the first, 40 of the second, 10 of the third. */
final class LongTail {

  static final int[] COUNTS = {150, 40, 10};
  static final int CLASSES = COUNTS.length;
  static final long SEED = 7;

  private static final double[][] CENTRES = {{2, 0}, {-1, 1.7}, {-1, -1.7}};
  private static final double SPREAD = 0.5;

  private LongTail() {}

  /** Returns the labels in the order of the points: by class. */
  static int[] labels() {
    int[] labels = new int[Arrays.stream(COUNTS).sum()];
    int at = 0;
    for (int c = 0; c < CLASSES; c++) {
      Arrays.fill(labels, at, at + COUNTS[c], c);
      at += COUNTS[c];
    }
    return labels;
  }

  static NDArray points(NDManager manager) {
    RandomGenerator random = new SplittableRandom(SEED);
    int[] labels = labels();
    float[] points = new float[2 * labels.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) (CENTRES[labels[i / 2]][i % 2] + SPREAD * random.nextGaussian());
    }
    return manager.create(points, new Shape(labels.length, 2));
  }

  static ArrayDataset dataset(NDManager manager, DataType labelType, boolean column) {
    return builder(manager, labelType, column).setSampling(32, true).build();
  }

  static ArrayDataset dataset(NDManager manager, Sampler sampler) {
    return builder(manager, DataType.INT64, false).setSampling(sampler).build();
  }

  private static ArrayDataset.Builder builder(
      NDManager manager, DataType labelType, boolean column) {
    NDArray labels = manager.create(labels()).toType(labelType, false);
    return new ArrayDataset.Builder()
        .setData(points(manager))
        .optLabels(column ? labels.expandDims(1) : labels);
  }
}
