package org.equipoise.api.data;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * Feature vectors of one width, computed beforehand and all in memory.
 *
 * <p>Immutable as long as the caller leaves the array of values alone: it is not copied, for it may
 * be gigabytes.
 */
public final class FeatureExamples implements Examples {

  private final float[] values;
  private final int width;
  private final int[] labels;

  /**
   * Holds features.
   *
   * @param values the features, (N, D), row-major; not copied
   * @param width the length D of a vector, &gt;= 1
   * @param labels one label a vector; copied
   * @throws IllegalArgumentException if the lengths do not agree
   */
  public FeatureExamples(float[] values, int width, int[] labels) {
    if (width < 1) {
      throw new IllegalArgumentException("width: expected >= 1, is " + width);
    }
    long expected = (long) labels.length * width;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "features: "
              + labels.length
              + " vectors of "
              + width
              + " are "
              + expected
              + " values, but there are "
              + values.length);
    }
    this.values = values;
    this.width = width;
    this.labels = labels.clone();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public Shape inputShape() {
    return new Shape(width);
  }

  /**
   * Returns the length D of a vector.
   *
   * @return D
   */
  public int width() {
    return width;
  }

  /**
   * Returns all features, (N, D).
   *
   * @return a read-only view
   */
  public FloatBuffer values() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  /**
   * Returns some of the vectors.
   *
   * @param indices which ones, each in [0, N), in the order wanted
   * @return new examples
   */
  public FeatureExamples select(int[] indices) {
    float[] chosen = new float[Math.multiplyExact(indices.length, width)];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * width, chosen, i * width, width);
      chosenLabels[i] = labels[indices[i]];
    }
    return new FeatureExamples(chosen, width, chosenLabels);
  }
}
