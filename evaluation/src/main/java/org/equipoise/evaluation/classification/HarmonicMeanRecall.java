package org.equipoise.evaluation.classification;

import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Harmonic mean of the recalls of the classes.
 *
 * <p>Figure: scalar {@code harmonic-mean-recall} in [0, 1], over the classes that have test
 * examples; 0 if one of them is never hit; absent if none has examples.
 *
 * @see <a href="https://arxiv.org/abs/2303.03630">Du and Wu 2023, No One Left Behind: Improving the
 *     Worst Categories in Long-Tailed Learning</a>
 */
@Described(
    summary = "Harmonic mean of the recalls of the classes; 0 if a class is never hit.",
    formula = "#c / (sum of 1 / recall_c) over classes with n_c^test > 0",
    source = "Du and Wu 2023, No One Left Behind (arXiv 2303.03630)",
    differs = "Some code replaces a recall of 0 by a small constant; here the mean is then 0.")
public record HarmonicMeanRecall() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    OptionalDouble meanInverse = state.recalls().map(recall -> 1 / recall).average();
    return new Figures()
        .scalar(
            typeName(),
            meanInverse.isPresent()
                ? OptionalDouble.of(1 / meanInverse.getAsDouble())
                : OptionalDouble.empty())
        .result();
  }
}
