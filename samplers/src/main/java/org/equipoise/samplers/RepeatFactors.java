package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.sampling.LabelIndex;

/**
 * How often each image of a split is repeated, and why.
 *
 * @param frequency f_c, the share of images that have class c; length K
 * @param ofClass r_c &gt;= 1, length K; 1 for a class in no image
 * @param ofImage r_i &gt;= 1, length N; 1 for an image without labels
 */
record RepeatFactors(double[] frequency, double[] ofClass, double[] ofImage) {

  static RepeatFactors of(LabelIndex index, double threshold, boolean sqrt) {
    LabelIndex images = index.distinct();
    double[] frequency = new double[images.classes()];
    double[] ofClass = new double[images.classes()];
    double[] ofImage = new double[images.examples()];
    Arrays.fill(ofClass, 1);
    Arrays.fill(ofImage, 1);
    for (int c = 0; c < ofClass.length; c++) {
      frequency[c] = (double) images.count(c) / images.examples();
      if (images.count(c) == 0) {
        continue;
      }
      double ratio = threshold / frequency[c];
      ofClass[c] = Math.max(1, sqrt ? Math.sqrt(ratio) : ratio);
      for (int rank = 0; rank < images.count(c); rank++) {
        int image = images.example(c, rank);
        ofImage[image] = Math.max(ofImage[image], ofClass[c]);
      }
    }
    return new RepeatFactors(frequency, ofClass, ofImage);
  }

  /** Returns the expected number of draws of an epoch. */
  double expectedLength() {
    return Arrays.stream(ofImage).sum();
  }

  /** Returns the most draws that an epoch can have. */
  double longest() {
    return Arrays.stream(ofImage).map(Math::ceil).sum();
  }
}
