package org.equipoise.evaluation.classification;

import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/** A metric that is the mean of a loss on each example's probabilities. */
interface ProperScore extends MetricSpec<Predictions, LossSum> {

  /** Returns the loss of one example; the row is not changed. */
  double loss(double[] probabilities, int label);

  @Override
  default LossSum identity(TrainStatistics train) {
    return new LossSum(0, 0);
  }

  @Override
  default LossSum update(LossSum state, Predictions batch) {
    return state.plus(LossSum.of(new SoftmaxRows(batch), this::loss));
  }

  @Override
  default LossSum merge(LossSum a, LossSum b) {
    return a.plus(b);
  }

  @Override
  default MetricResult compute(LossSum state) {
    return new Figures().scalar(typeName(), state.mean()).result();
  }
}
