package org.equipoise.methods.head;

import org.equipoise.api.model.LabelledFeatures;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Means of training features, in double precision until the end.
 *
 * @param ofAll the mean of all features, (D); zeros if features are not centred
 * @param ofClasses the mean of the transformed features of each class, (C, D)
 */
record FeatureMeans(float[] ofAll, float[] ofClasses) {

  static FeatureMeans of(LabelledFeatures train, Ncm spec) {
    double[] mean = spec.features().centred() ? mean(train) : new double[train.width()];
    return new FeatureMeans(single(mean), single(classMeans(train, mean, spec.features().unit())));
  }

  private static double[] mean(LabelledFeatures train) {
    double[] sum = new double[train.width()];
    long[] count = {0};
    train.forEach(
        (feature, label) -> {
          for (int d = 0; d < sum.length; d++) {
            sum[d] += feature[d];
          }
          count[0]++;
        });
    for (int d = 0; d < sum.length; d++) {
      sum[d] /= count[0];
    }
    return sum;
  }

  private static double[] classMeans(LabelledFeatures train, double[] mean, boolean unit) {
    int width = train.width();
    double[] sums = new double[train.classes() * width];
    long[] counts = new long[train.classes()];
    double[] row = new double[width];
    train.forEach(
        (feature, label) -> {
          double square = 0;
          for (int d = 0; d < width; d++) {
            row[d] = feature[d] - mean[d];
            square += row[d] * row[d];
          }
          double length = unit ? Math.max(Math.sqrt(square), Ncm.LEAST_LENGTH) : 1;
          for (int d = 0; d < width; d++) {
            sums[label * width + d] += row[d] / length;
          }
          counts[label]++;
        });
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        throw new EmptyClassException("ncm", c);
      }
      for (int d = 0; d < width; d++) {
        sums[c * width + d] /= counts[c];
      }
    }
    return sums;
  }

  private static float[] single(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) values[i];
    }
    return single;
  }
}
