package org.equipoise.evaluation.classification;

import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Gap between the probability a class is given and how often it is the label, mean over classes.
 *
 * <p>Figures: scalar {@code class-wise-calibration-error} in [0, 1], the mean over all K classes;
 * and the vector of the same name with the error of each class. Both absent without examples. Bin b
 * of B holds probabilities in (b/B, (b+1)/B], and 0 is in bin 0.
 *
 * <p>Probabilities are the softmax of the logits, and they are judged under the class frequencies
 * of the given examples. With many classes nearly all probabilities are near 0, and so is the
 * figure: compare it at the same K only.
 *
 * @param bins the number of bins B, &gt;= 1
 * @see <a href="https://arxiv.org/abs/1910.12656">Kull et al. 2019, Beyond Temperature Scaling,
 *     class-wise ECE</a>
 */
@Described(
    summary = "Gap between the probability a class is given and how often it is the label.",
    formula = "(1/K) sum_c sum_b (n_bc / N) |frequency_bc - mean p_bc|, bins (b/B, (b+1)/B] of p_c",
    source = "Kull et al. 2019 (arXiv 1910.12656), with 15 bins",
    differs = "Some code leaves out small probabilities; here all count.")
public record ClassWiseCalibrationError(int bins)
    implements MetricSpec<Predictions, ClassWiseBins> {

  /** Uses {@code bins} = 15. */
  public ClassWiseCalibrationError() {
    this(15);
  }

  /** Checks the range. */
  public ClassWiseCalibrationError {
    if (bins < 1) {
      throw new IllegalArgumentException("bins: must be >= 1, is " + bins);
    }
  }

  @Override
  public ClassWiseBins identity(TrainStatistics train) {
    return ClassWiseBins.empty(train.classes(), bins);
  }

  @Override
  public ClassWiseBins update(ClassWiseBins state, Predictions batch) {
    return state.plus(new SoftmaxRows(batch));
  }

  @Override
  public ClassWiseBins merge(ClassWiseBins a, ClassWiseBins b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(ClassWiseBins state) {
    return new Figures()
        .scalar(
            typeName(),
            state.ofClass().stream()
                .map(ReliabilityBins::calibrationError)
                .flatMapToDouble(OptionalDouble::stream)
                .average())
        .vector(typeName(), state.ofClass().size(), c -> state.ofClass().get(c).calibrationError())
        .result();
  }
}
