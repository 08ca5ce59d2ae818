package org.equipoise.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Compares all metrics with the golden cases, in double precision. */
@Tag("reference")
class ClassificationGoldenTest {

  private static final GoldenTolerance TOLERANCE = GoldenTolerance.doublePrecision();

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests("metrics.classification", ClassificationGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    // GIVEN
    GoldenObject inputs = golden.inputs();
    GoldenRows rows = new GoldenRows(inputs.matrix("probabilities"), inputs.ints("labels"));
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(inputs.longs("trainCounts")));
    // The thresholds of shot groups are no hyperparameter.
    assertThat(golden.config().integer("manyThreshold")).isEqualTo(100);
    assertThat(golden.config().integer("fewThreshold")).isEqualTo(20);
    // THEN
    GoldenObject expected = golden.expected().object("outputs");
    checkDecisions(rows.predictions(), train, expected);
    checkCalibration(rows, golden.config().integer("bins"), expected);
    checkScores(rows, golden.config().number("nllFloor"), expected);
  }

  private static void checkDecisions(
      Predictions predictions, TrainStatistics train, GoldenObject expected) {
    assertThat(IntStream.range(0, predictions.size()).map(predictions::predicted).toArray())
        .isEqualTo(expected.ints("predictions"));
    assertScalar(expected, "top1", figures(new TopK(), train, predictions), "top-1");
    assertScalar(expected, "top3", figures(new TopK(3), train, predictions), "top-3");
    TOLERANCE.assertClose(
        "recall",
        vector(figures(new PerClassRecall(), train, predictions), "recall"),
        expected.vector("perClassRecall"));
    assertScalar(
        expected,
        "macroAccuracy",
        figures(new BalancedAccuracy(), train, predictions),
        "balanced-accuracy");
    MetricResult shots = figures(new ShotAccuracy(), train, predictions);
    assertScalar(expected, "many", shots, "many");
    assertScalar(expected, "medium", shots, "medium");
    assertScalar(expected, "few", shots, "few");
    List<List<Long>> confusion =
        figures(new Confusion(), train, predictions).tables().get("confusion");
    assertThat(confusion)
        .isEqualTo(
            Arrays.stream(expected.intRows("confusion"))
                .map(row -> Arrays.stream(row).asLongStream().boxed().toList())
                .toList());
    assertScalar(
        expected,
        "geometricMean",
        figures(new GeometricMeanRecall(), train, predictions),
        "geometric-mean-recall");
    assertScalar(
        expected,
        "harmonicMean",
        figures(new HarmonicMeanRecall(), train, predictions),
        "harmonic-mean-recall");
    assertScalar(
        expected,
        "worstClass",
        figures(new WorstClassRecall(), train, predictions),
        "worst-class-recall");
    assertScalar(expected, "macroF1", figures(new MacroF1(), train, predictions), "macro-f1");
  }

  private static void checkCalibration(GoldenRows rows, int bins, GoldenObject expected) {
    MetricResult calibration =
        new ExpectedCalibrationError(bins)
            .compute(ReliabilityBins.empty(bins).plusConfidences(rows));
    assertScalar(expected, "ece", calibration, "expected-calibration-error");
    TOLERANCE.assertClose(
        "bin count", vector(calibration, "bin-count"), expected.vector("binCounts"));
    TOLERANCE.assertClose(
        "bin accuracy", vector(calibration, "bin-accuracy"), expected.vector("binAccuracy"));
    TOLERANCE.assertClose(
        "bin confidence", vector(calibration, "bin-confidence"), expected.vector("binConfidence"));
    MetricResult classWise =
        new ClassWiseCalibrationError(bins)
            .compute(ClassWiseBins.empty(rows.classes(), bins).plus(rows));
    assertScalar(expected, "classwiseEce", classWise, "class-wise-calibration-error");
    TOLERANCE.assertClose(
        "class-wise",
        vector(classWise, "class-wise-calibration-error"),
        expected.vector("classwiseEcePerClass"));
  }

  private static void checkScores(GoldenRows rows, double floor, GoldenObject expected) {
    BrierScore brier = new BrierScore();
    assertScalar(expected, "brier", brier.compute(LossSum.of(rows, brier::loss)), "brier-score");
    NegativeLogLikelihood likelihood = new NegativeLogLikelihood(floor);
    assertScalar(
        expected,
        "nll",
        likelihood.compute(LossSum.of(rows, likelihood::loss)),
        "negative-log-likelihood");
    assertScalar(
        expected,
        "aurocMacro",
        new Auroc().compute(ScoredLabels.empty(rows.classes()).plus(rows)),
        "auroc");
  }

  private static <S> MetricResult figures(
      MetricSpec<Predictions, S> metric, TrainStatistics train, Predictions predictions) {
    return metric.compute(metric.update(metric.identity(train), predictions));
  }

  private static void assertScalar(
      GoldenObject expected, String key, MetricResult result, String figure) {
    OptionalDouble want = expected.optionalNumber(key);
    Double got = result.scalars().get(figure);
    TOLERANCE.assertClose(key, got == null ? Double.NaN : got, want.orElse(Double.NaN));
  }

  private static double[] vector(MetricResult result, String figure) {
    return result.vectors().get(figure).stream()
        .mapToDouble(value -> value.orElse(Double.NaN))
        .toArray();
  }
}
