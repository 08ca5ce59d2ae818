package com.acme;

import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.RandomAccessDataset;
import java.io.IOException;
import org.equipoise.api.djl.DjlLoss;
import org.equipoise.api.djl.DjlMetric;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.ShotAccuracy;
import org.equipoise.losses.BalancedSoftmax;

final class InPlainDjl {

  private InPlainDjl() {}

  static TrainingConfig config(RandomAccessDataset trainSet) throws IOException {
    ClassCounts counts = ClassCounts.of(trainSet);
    TrainingConfig config =
        new DefaultTrainingConfig(DjlLoss.of(new BalancedSoftmax(), counts))
            .addEvaluator(DjlMetric.of(new BalancedAccuracy(), counts, "balanced-accuracy"))
            .addEvaluator(DjlMetric.of(new ShotAccuracy(), counts, "few"));
    return config;
  }
}
