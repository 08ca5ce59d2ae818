package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Recall and precision of every class, with the numbers they are made of.
 *
 * <p>Figures, all vectors of length K: {@code recall} in [0, 1], empty for a class without test
 * examples; {@code precision} in [0, 1], empty for a class that is never predicted; and the numbers
 * of examples {@code support} (have the class), {@code predicted} (are predicted as it) and {@code
 * correct} (both).
 */
@Described(
    summary = "Recall and precision of every class, with the numbers they are made of.",
    formula = "recall_c = correct_c / support_c; precision_c = correct_c / predicted_c",
    source = "Standard definitions",
    differs = "Where a denominator is 0 others report 0; here the figure is absent.")
public record PerClassRecall() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    int classes = state.classes();
    return new Figures()
        .vector("recall", classes, state::recall)
        .vector("precision", classes, state::precision)
        .counts("support", classes, state::support)
        .counts("predicted", classes, state::predicted)
        .counts("correct", classes, state::correct)
        .result();
  }
}
