package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Lowest recall of a class.
 *
 * <p>Figure: scalar {@code worst-class-recall} in [0, 1], over the classes that have test examples;
 * absent if none has.
 *
 * @see <a href="https://arxiv.org/abs/2303.03630">Du and Wu 2023, No One Left Behind: Improving the
 *     Worst Categories in Long-Tailed Learning</a>
 */
@Described(
    summary = "Lowest recall of a class.",
    formula = "min of recall_c over classes with n_c^test > 0",
    source = "Du and Wu 2023 (arXiv 2303.03630)")
public record WorstClassRecall() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    return new Figures().scalar(typeName(), state.recalls().min()).result();
  }
}
