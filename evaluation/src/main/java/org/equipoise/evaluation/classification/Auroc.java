package org.equipoise.evaluation.classification;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Area under the ROC curve of each class against the rest, and its mean over classes.
 *
 * <p>Figures: vector {@code auroc} by class in [0, 1], empty for a class of which no example, or of
 * which every example, is; scalar {@code auroc}, the unweighted mean over the others, absent if
 * there is none. Examples are ranked by the class's probability, the softmax of the logits.
 *
 * <p>All pairs of examples are compared, not a histogram of them; so the state is not small, but
 * keeps as many floats as there are logits. Probabilities whose logarithms are the same float are
 * equal.
 */
@Described(
    summary = "Area under the ROC curve of each class against the rest, and its mean.",
    formula = "AUROC_c = P(p_ic > p_jc) + P(p_ic = p_jc)/2 over y_i = c, y_j != c; mean over c",
    source = "Standard definition (Mann-Whitney), one against the rest",
    differs = "Some libraries average over pairs of classes, or weight classes by frequency.")
public record Auroc() implements MetricSpec<Predictions, ScoredLabels> {

  @Override
  public ScoredLabels identity(TrainStatistics train) {
    return ScoredLabels.empty(train.classes());
  }

  @Override
  public ScoredLabels update(ScoredLabels state, Predictions batch) {
    return state.plus(new SoftmaxRows(batch));
  }

  @Override
  public ScoredLabels merge(ScoredLabels a, ScoredLabels b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(ScoredLabels state) {
    List<OptionalDouble> areas =
        IntStream.range(0, state.classes()).mapToObj(state::areaUnderRoc).toList();
    return new Figures()
        .scalar(typeName(), areas.stream().flatMapToDouble(OptionalDouble::stream).average())
        .vector(typeName(), areas.size(), areas::get)
        .result();
  }
}
