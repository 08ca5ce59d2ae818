package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Share of the examples whose label is among the k classes with the largest scores.
 *
 * <p>Figure: scalar {@code top-K} with the k of this record, such as {@code top-1}, in [0, 1];
 * absent without examples. With fewer than k classes all of them are counted, so that it is 1.
 *
 * <p>Every example counts the same, so on a long-tailed test set the head decides it; see {@link
 * BalancedAccuracy}.
 *
 * @param k how many classes a prediction may name, &gt;= 1
 */
@Described(
    summary = "Share of the examples whose label is among the k classes with the largest scores.",
    formula = "top-k = #{i: rank of y_i in z_i <= min(k, K)} / N",
    source = "Standard definition; of equal scores the lower class comes first",
    differs = "Frameworks break ties differently or not at all.")
public record TopK(int k) implements MetricSpec<Predictions, HitCount> {

  /** Counts the predicted class alone: {@code k} = 1. */
  public TopK() {
    this(1);
  }

  /** Checks the range. */
  public TopK {
    if (k < 1) {
      throw new IllegalArgumentException("k: must be >= 1, is " + k);
    }
  }

  @Override
  public HitCount identity(TrainStatistics train) {
    return new HitCount(0, 0);
  }

  @Override
  public HitCount update(HitCount state, Predictions batch) {
    long hits = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.rankOfLabel(i) < k) {
        hits++;
      }
    }
    return state.plus(new HitCount(hits, batch.size()));
  }

  @Override
  public HitCount merge(HitCount a, HitCount b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(HitCount state) {
    return new Figures().scalar("top-" + k, state.rate()).result();
  }
}
