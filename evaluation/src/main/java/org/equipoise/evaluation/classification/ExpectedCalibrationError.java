package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Gap between how sure a classifier is of its predictions and how often they are right.
 *
 * <p>Figures: scalar {@code expected-calibration-error} in [0, 1], absent without examples; and the
 * reliability diagram as vectors by bin, not by class: {@code bin-count}, and {@code bin-accuracy}
 * and {@code bin-confidence}, empty for an empty bin. Bin b of B holds confidences in (b/B,
 * (b+1)/B].
 *
 * <p>Confidence is the largest probability of the softmax of the logits, and it is judged under the
 * class frequencies of the given examples: logits for another class prior than theirs are
 * miscalibrated for that alone.
 *
 * @param bins the number of bins B, &gt;= 1
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al. 2017, On Calibration of Modern Neural
 *     Networks, equation 3</a>
 */
@Described(
    summary = "Gap between how sure a classifier is of its predictions and how often it is right.",
    formula = "sum_b (n_b / N) |accuracy_b - confidence_b|, bins (b/B, (b+1)/B] of max_c p_c",
    source = "Guo et al. 2017 (arXiv 1706.04599), equation 3, with 15 bins",
    differs =
        "Bins closed on the left, or of equal mass, are common; figures then differ slightly.")
public record ExpectedCalibrationError(int bins)
    implements MetricSpec<Predictions, ReliabilityBins> {

  /** Uses {@code bins} = 15. */
  public ExpectedCalibrationError() {
    this(15);
  }

  /** Checks the range. */
  public ExpectedCalibrationError {
    if (bins < 1) {
      throw new IllegalArgumentException("bins: must be >= 1, is " + bins);
    }
  }

  @Override
  public ReliabilityBins identity(TrainStatistics train) {
    return ReliabilityBins.empty(bins);
  }

  @Override
  public ReliabilityBins update(ReliabilityBins state, Predictions batch) {
    return state.plusConfidences(new SoftmaxRows(batch));
  }

  @Override
  public ReliabilityBins merge(ReliabilityBins a, ReliabilityBins b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(ReliabilityBins state) {
    return new Figures()
        .scalar(typeName(), state.calibrationError())
        .counts("bin-count", bins, state::count)
        .vector("bin-accuracy", bins, state::hitRate)
        .vector("bin-confidence", bins, state::meanProbability)
        .result();
  }
}
