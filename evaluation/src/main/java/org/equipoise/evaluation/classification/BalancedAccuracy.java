package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;

/**
 * Mean of the recalls of the classes: what the accuracy would be if all were equally frequent.
 *
 * <p>Figure: scalar {@code balanced-accuracy} in [0, 1], the unweighted mean over the classes that
 * have test examples; absent if none has. On a test set with equally many examples of each class it
 * is the top-1 accuracy.
 *
 * @see <a href="https://doi.org/10.1109/ICPR.2010.764">Brodersen et al. 2010, The Balanced Accuracy
 *     and Its Posterior Distribution</a>
 */
@Described(
    summary = "Mean of the recalls of the classes, each class counting the same.",
    formula = "mean over classes with n_c^test > 0 of correct_c / n_c^test",
    source = "Brodersen et al. 2010, The Balanced Accuracy and Its Posterior Distribution",
    differs =
        "Some code counts a class without test examples as recall 0; here it is left out of the"
            + " mean.")
public record BalancedAccuracy() implements TallyMetric {

  @Override
  public MetricResult compute(ClassTally state) {
    return new Figures().scalar(typeName(), state.recalls().average()).result();
  }
}
