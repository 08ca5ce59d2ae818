package org.equipoise.experiments.run;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.plan.RunSpec;

/** The metrics of a run: every shard of the predictions apart, then merged. */
final class Evaluation {

  private static final int SHARD = 4096;

  private final List<MetricSpec<Predictions, ?>> metrics;
  private final LabelledData data;

  @Inject
  Evaluation(RunSpec spec, LabelledData data) {
    this(spec.metrics(), data);
  }

  Evaluation(List<MetricSpec<Predictions, ?>> metrics, LabelledData data) {
    this.metrics = metrics;
    this.data = data;
  }

  /** Computes all metrics; those of one type, as two of {@code top-k}, share an entry. */
  SortedMap<String, MetricResult> of(Predictions predictions) {
    TrainStatistics published = TrainStatistics.of(data.published());
    SortedMap<String, MetricResult> results = new TreeMap<>();
    for (MetricSpec<Predictions, ?> metric : metrics) {
      results.merge(
          metric.typeName(), compute(metric, published, predictions), Evaluation::together);
    }
    return results;
  }

  private static <S> MetricResult compute(
      MetricSpec<Predictions, S> metric, TrainStatistics published, Predictions predictions) {
    S whole = metric.identity(published);
    for (int from = 0; from < predictions.size(); from += SHARD) {
      int to = Math.min(from + SHARD, predictions.size());
      S shard = metric.update(metric.identity(published), slice(predictions, from, to));
      whole = metric.merge(whole, shard);
    }
    return metric.compute(whole);
  }

  private static Predictions slice(Predictions predictions, int from, int to) {
    int classes = predictions.classes();
    return new Predictions(
        Arrays.copyOfRange(predictions.logits(), from * classes, to * classes),
        classes,
        Arrays.copyOfRange(predictions.labels(), from, to));
  }

  private static MetricResult together(MetricResult a, MetricResult b) {
    return new MetricResult(
        union(a.scalars(), b.scalars()),
        union(a.vectors(), b.vectors()),
        union(a.tables(), b.tables()));
  }

  private static <V> SortedMap<String, V> union(SortedMap<String, V> a, SortedMap<String, V> b) {
    SortedMap<String, V> all = new TreeMap<>(a);
    all.putAll(b);
    return all;
  }
}
