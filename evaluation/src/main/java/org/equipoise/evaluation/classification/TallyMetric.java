package org.equipoise.evaluation.classification;

import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/** A metric that needs no more than the tally of each class. */
interface TallyMetric extends MetricSpec<Predictions, ClassTally> {

  @Override
  default ClassTally identity(TrainStatistics train) {
    return ClassTally.empty(train.classes());
  }

  @Override
  default ClassTally update(ClassTally state, Predictions batch) {
    return state.plus(batch);
  }

  @Override
  default ClassTally merge(ClassTally a, ClassTally b) {
    return a.plus(b);
  }
}
