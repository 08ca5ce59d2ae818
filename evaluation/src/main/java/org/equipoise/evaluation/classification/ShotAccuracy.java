package org.equipoise.evaluation.classification;

import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Accuracy on the many-, medium- and few-shot classes: the mean of their recalls.
 *
 * <p>Figures: scalars {@code many}, {@code medium} and {@code few} in [0, 1], each the unweighted
 * mean over the classes of that group that have test examples. A group without such a class is
 * absent, never 0. Groups go by the number of training images in the statistics given to {@link
 * #identity}, which are those of the full published train set; see {@link ShotGroup}.
 *
 * @see <a href="https://arxiv.org/abs/1904.05160">Liu et al. 2019, Large-Scale Long-Tailed
 *     Recognition in an Open World, section 4</a>
 */
@Described(
    summary = "Mean of the recalls of the many-, medium- and few-shot classes.",
    formula = "mean of recall_c over classes with n_c > 100 (many), 20..100 (medium), < 20 (few)",
    source = "Liu et al. 2019 (arXiv 1904.05160), section 4",
    differs =
        "Released code gives an empty group 0 or NaN and groups by whatever counts are at hand;"
            + " here it is absent, and the full published train set decides.")
public record ShotAccuracy() implements MetricSpec<Predictions, ShotTally> {

  @Override
  public ShotTally identity(TrainStatistics train) {
    return new ShotTally(ShotGroups.of(train), ClassTally.empty(train.classes()));
  }

  @Override
  public ShotTally update(ShotTally state, Predictions batch) {
    return new ShotTally(state.groups(), state.tally().plus(batch));
  }

  @Override
  public ShotTally merge(ShotTally a, ShotTally b) {
    ShotGroups.requireSame(typeName(), a.groups(), b.groups());
    return new ShotTally(a.groups(), a.tally().plus(b.tally()));
  }

  @Override
  public MetricResult compute(ShotTally state) {
    return ShotGroups.addTo(
            new Figures(), state.groups(), which -> state.tally().recalls(which).average())
        .result();
  }
}
