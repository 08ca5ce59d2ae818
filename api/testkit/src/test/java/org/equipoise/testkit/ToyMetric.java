package org.equipoise.testkit;

import java.util.Map;
import java.util.TreeMap;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/** A metric that keeps the contract: the mean logit of the true class. */
@Described(
    summary = "The mean logit of the true class.",
    formula = "mean z_y",
    source = "Equipoise")
public record ToyMetric() implements MetricSpec<Predictions, ToyMetric.Sum> {

  /**
   * A sum of so many values.
   *
   * @param sum the sum
   * @param count how many
   */
  public record Sum(double sum, long count) {}

  @Override
  public Sum identity(TrainStatistics train) {
    return new Sum(0, 0);
  }

  @Override
  public Sum update(Sum state, Predictions batch) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += batch.logits()[i * batch.classes() + batch.labels()[i]];
    }
    return merge(state, new Sum(sum, batch.size()));
  }

  @Override
  public Sum merge(Sum a, Sum b) {
    return new Sum(a.sum() + b.sum(), a.count() + b.count());
  }

  @Override
  public MetricResult compute(Sum state) {
    return MetricResult.ofScalars(
        state.count() == 0
            ? new TreeMap<>()
            : new TreeMap<>(Map.of("mean", state.sum() / state.count())));
  }
}
