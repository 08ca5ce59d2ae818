package org.equipoise.evaluation.classification;

import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Geometric mean of the recalls of the classes.
 *
 * <p>Figure: scalar {@code geometric-mean-recall} in [0, 1], over the classes that have test
 * examples; 0 if one of them is never hit; absent if none has examples.
 *
 * @see "Kubat and Matwin 1997, Addressing the Curse of Imbalanced Training Sets: One-Sided
 *     Selection, ICML"
 */
@Described(
    summary = "Geometric mean of the recalls of the classes; 0 if a class is never hit.",
    formula = "(product of recall_c)^(1/#c) over classes with n_c^test > 0",
    source =
        "Kubat and Matwin 1997, Addressing the Curse of Imbalanced Training Sets (two classes)",
    differs = "Some libraries replace a recall of 0 by a small constant; here it stays 0.")
public record GeometricMeanRecall() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    // Logarithms, because the product of a thousand recalls would underflow; log 0 gives exp 0.
    OptionalDouble meanLog = state.recalls().map(Math::log).average();
    return new Figures()
        .scalar(
            typeName(),
            meanLog.isPresent()
                ? OptionalDouble.of(Math.exp(meanLog.getAsDouble()))
                : OptionalDouble.empty())
        .result();
  }
}
