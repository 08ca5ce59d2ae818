package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * How often examples of one class are predicted as another.
 *
 * <p>Figure: table {@code confusion}, K rows (true class) of K numbers of examples (predicted
 * class). The table is a view of the cells that are not 0, so that a large label space costs memory
 * only where it is written out.
 */
@Described(
    summary = "How often examples of one class are predicted as another.",
    formula = "confusion[t][p] = #{i: y_i = t, argmax z_i = p}",
    source = "Standard definition: rows are true classes, columns predicted ones",
    differs = "Some libraries transpose it.")
public record Confusion() implements MetricSpec<Predictions, ConfusionCounts> {

  @Override
  public ConfusionCounts identity(TrainStatistics train) {
    return ConfusionCounts.empty(train.classes());
  }

  @Override
  public ConfusionCounts update(ConfusionCounts state, Predictions batch) {
    return state.plus(ConfusionCounts.of(batch));
  }

  @Override
  public ConfusionCounts merge(ConfusionCounts a, ConfusionCounts b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(ConfusionCounts state) {
    return new Figures().table(typeName(), state.table()).result();
  }
}
