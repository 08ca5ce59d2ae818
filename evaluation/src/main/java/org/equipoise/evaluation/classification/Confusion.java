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
 * class). With more than 1,000 classes, where that would be millions of zeros in every record,
 * table {@code confusionCells} instead: a row {@code [true class, predicted class, examples]} for
 * each cell that is not 0, ascending.
 */
@Described(
    summary = "How often examples of one class are predicted as another.",
    formula = "confusion[t][p] = #{i: y_i = t, argmax z_i = p}",
    source = "Standard definition: rows are true classes, columns predicted ones",
    differs = "Some libraries transpose it. Above 1,000 classes, only cells that are not 0.")
public record Confusion() implements MetricSpec<Predictions, ConfusionCounts> {

  private static final int MOST_CLASSES_WRITTEN_OUT = 1000;

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
    return state.classes() > MOST_CLASSES_WRITTEN_OUT
        ? new Figures().table("confusionCells", state.cells()).result()
        : new Figures().table(typeName(), state.table()).result();
  }
}
