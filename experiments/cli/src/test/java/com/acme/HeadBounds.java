package com.acme;

import java.util.List;
import org.equipoise.api.metric.Predictions;
import org.equipoise.evaluation.bounds.ErrorBounds;
import org.equipoise.evaluation.bounds.FeatureOrigin;
import org.equipoise.evaluation.bounds.LinearHeadBound;
import org.equipoise.evaluation.bounds.RelativeMarginTerm;
import org.equipoise.evaluation.bounds.TrainLosses;

final class HeadBounds {

  private HeadBounds() {}

  static RelativeMarginTerm term(float[] logits, int classes, int[] labels) {
    Predictions train = new Predictions(logits, classes, labels); // of the training images
    RelativeMarginTerm term = RelativeMarginTerm.of(TrainLosses.of(train));
    return term;
  }

  static ErrorBounds bounds(Predictions train, double headNorm, double largestFeatureNorm) {
    LinearHeadBound bound =
        new LinearHeadBound(List.of(2.0, 4.0, 8.0), Math.log(2), 0.05, FeatureOrigin.OTHER_IMAGES);
    double[] narrow = {0.2, 0.2, 0.2, 0.2}; // candidates, fixed before the examples are seen
    double[] wide = {0.3, 0.3, 0.3, 0.3};
    ErrorBounds bounds =
        bound.of(TrainLosses.of(train), headNorm, largestFeatureNorm, narrow, wide);
    return bounds;
  }
}
