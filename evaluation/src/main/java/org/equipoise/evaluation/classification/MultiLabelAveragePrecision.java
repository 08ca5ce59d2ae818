package org.equipoise.evaluation.classification;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.MultiLabelPredictions;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Average precision of each class where examples have any number of classes, and its mean (mAP).
 *
 * <p>Figures: vector {@code average-precision} by class in [0, 1], empty for a class that no
 * example has; scalar {@code mean-average-precision}, the unweighted mean over the others, and
 * {@code many}, {@code medium} and {@code few}, the same over the classes of a shot group; absent
 * where there is no such class. Groups go by the number of training images that have the class, in
 * the statistics given to {@link #identity}; see {@link org.equipoise.api.stats.ShotGroup}.
 *
 * <p>Examples are ranked by the class's logit. Equal logits are one threshold, so the order of
 * examples does not matter, and nothing is interpolated. The state keeps all logits.
 *
 * <p>Studies have one label an image, so configs cannot name this metric; it is for use from Java.
 */
@Described(
    summary =
        "Average precision of each class of multi-label predictions, and its mean (from Java).",
    formula =
        "AP_c = sum over distinct scores s, from the highest, of (R_s - R_before) P_s, with recall"
            + " R and precision P of score >= s; mean over classes that some example has",
    source = "Standard definition without interpolation, as scikit-learn's average_precision_score",
    differs =
        "PASCAL VOC and COCO interpolate precision; some code breaks ties by the order of examples,"
            + " or counts a class without examples as 0.")
public record MultiLabelAveragePrecision()
    implements MetricSpec<MultiLabelPredictions, ShotScores> {

  @Override
  public ShotScores identity(TrainStatistics train) {
    return new ShotScores(ShotGroups.of(train), ScoredLabels.empty(train.classes()));
  }

  @Override
  public ShotScores update(ShotScores state, MultiLabelPredictions batch) {
    return new ShotScores(state.groups(), state.scores().plus(batch));
  }

  @Override
  public ShotScores merge(ShotScores a, ShotScores b) {
    ShotGroups.requireSame(typeName(), a.groups(), b.groups());
    return new ShotScores(a.groups(), a.scores().plus(b.scores()));
  }

  @Override
  public MetricResult compute(ShotScores state) {
    List<OptionalDouble> precisions =
        IntStream.range(0, state.groups().size())
            .mapToObj(state.scores()::averagePrecision)
            .toList();
    Figures figures =
        new Figures()
            .scalar("mean-average-precision", mean(precisions, c -> true))
            .vector("average-precision", precisions.size(), precisions::get);
    return ShotGroups.addTo(figures, state.groups(), which -> mean(precisions, which)).result();
  }

  private static OptionalDouble mean(List<OptionalDouble> precisions, IntPredicate which) {
    return IntStream.range(0, precisions.size())
        .filter(which)
        .mapToObj(precisions::get)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }
}
