package org.equipoise.evaluation.classification;

import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Mean of the F1 scores of the classes.
 *
 * <p>Figure: scalar {@code macro-f1} in [0, 1], the unweighted mean over the classes that occur as
 * a label or as a prediction; absent without examples.
 *
 * <p>Unlike recall it depends on how frequent the classes are in the test set: the wrong
 * predictions that fall on a class come from all the others.
 */
@Described(
    summary = "Mean of the F1 scores of the classes that occur as label or prediction.",
    formula = "mean of 2 TP_c / (2 TP_c + FP_c + FN_c)",
    source = "Standard definition",
    differs =
        "Others take the F1 of mean precision and mean recall, or count classes that occur nowhere"
            + " as 0.")
public record MacroF1() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    return new Figures()
        .scalar(
            typeName(),
            IntStream.range(0, state.classes())
                .filter(c -> state.support(c) + state.predicted(c) > 0)
                .mapToDouble(c -> 2.0 * state.correct(c) / (state.support(c) + state.predicted(c)))
                .average())
        .result();
  }
}
