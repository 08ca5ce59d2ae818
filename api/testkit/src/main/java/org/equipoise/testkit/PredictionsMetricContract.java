package org.equipoise.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.metric.Predictions;

/**
 * What every metric of classification keeps to.
 *
 * @param <S> the state
 */
public interface PredictionsMetricContract<S> extends MetricContract<Predictions, S> {

  @Override
  default Predictions batch(RandomGenerator random, int size) {
    int classes = train().classes();
    int[] labels = random.ints(size, 0, classes).toArray();
    float[] logits = new float[size * classes];
    for (int i = 0; i < logits.length; i++) {
      // Sixteenths, so that ties occur; the true class is somewhat ahead.
      double lead = labels[i / classes] == i % classes ? 1 : 0;
      logits[i] = (float) (Math.rint(16 * (lead + random.nextGaussian())) / 16);
    }
    return new Predictions(logits, classes, labels);
  }

  @Override
  default Predictions concat(List<Predictions> batches) {
    int classes = train().classes();
    int[] labels = batches.stream().flatMapToInt(b -> Arrays.stream(b.labels())).toArray();
    float[] logits = new float[labels.length * classes];
    int at = 0;
    for (Predictions batch : batches) {
      System.arraycopy(batch.logits(), 0, logits, at, batch.logits().length);
      at += batch.logits().length;
    }
    return new Predictions(logits, classes, labels);
  }

  @Override
  default List<double[]> contents(Predictions batch) {
    float[] logits = batch.logits();
    return List.of(
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray(),
        Arrays.stream(batch.labels()).asDoubleStream().toArray());
  }
}
