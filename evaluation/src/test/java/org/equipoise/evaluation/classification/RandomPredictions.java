package org.equipoise.evaluation.classification;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/** Predictions drawn with few distinct scores, so that ties are common. */
final class RandomPredictions {

  private RandomPredictions() {}

  static Predictions of(int examples, int classes, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] logits = new float[examples * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = random.nextInt(-4, 5) / 2f;
    }
    int[] labels = random.ints(examples, 0, classes).toArray();
    return new Predictions(logits, classes, labels);
  }

  /** Rows {@code from} to {@code to} of a batch. */
  static Predictions slice(Predictions all, int from, int to) {
    return new Predictions(
        Arrays.copyOfRange(all.logits(), from * all.classes(), to * all.classes()),
        all.classes(),
        Arrays.copyOfRange(all.labels(), from, to));
  }

  /** Updates with thirds of a batch, and merges two states. */
  static <S> S stateOf(MetricSpec<Predictions, S> metric, TrainStatistics train, Predictions all) {
    int third = all.size() / 3;
    S first = metric.update(metric.identity(train), slice(all, 0, third));
    first = metric.update(first, slice(all, third, 2 * third));
    S second = metric.update(metric.identity(train), slice(all, 2 * third, all.size()));
    return metric.merge(second, first);
  }
}
