package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Compares the statistics with the golden cases. */
@Tag("reference")
class StatisticsGoldenTest {

  private static final GoldenTolerance TOLERANCE = GoldenTolerance.doublePrecision();
  private static final Map<String, String> REFUSALS =
      Map.of(
          "LENGTH_MISMATCH", "pairs: must be as many values of both",
          "TOO_FEW_PAIRS", "pairs: at least");

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases_of_the_paired_t_test() {
    return GoldenFiles.tests("stats.paired_t", StatisticsGoldenTest::checkPairedT);
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases_of_wilcoxon_s_test() {
    return GoldenFiles.tests("stats.wilcoxon_exact", StatisticsGoldenTest::checkWilcoxon);
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases_of_holm_s_adjustment() {
    return GoldenFiles.tests("stats.holm", StatisticsGoldenTest::checkHolm);
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases_of_the_bootstrap() {
    return GoldenFiles.tests("stats.bootstrap_percentile", StatisticsGoldenTest::checkBootstrap);
  }

  private static void checkPairedT(GoldenCase golden) {
    double[] a = golden.inputs().vector("a");
    double[] b = golden.inputs().vector("b");
    if (golden.error().isPresent()) {
      assertRefused(golden, () -> PairedTTest.of(a, b));
      return;
    }
    PairedTTest test = PairedTTest.of(a, b);
    GoldenObject expected = golden.expected().object("outputs");
    assertThat(test.degreesOfFreedom()).isEqualTo(expected.integer("degreesOfFreedom"));
    assertNumber(expected, "t", test.t());
    assertNumber(expected, "pTwoSided", test.pTwoSided());
    assertNumber(expected, "meanDifference", OptionalDouble.of(test.difference().mean()));
    assertNumber(expected, "sdDifference", test.difference().standardDeviation());
  }

  private static void checkWilcoxon(GoldenCase golden) {
    double[] a = golden.inputs().vector("a");
    double[] b = golden.inputs().vector("b");
    if (golden.error().isPresent()) {
      assertRefused(golden, () -> WilcoxonSignedRankTest.of(a, b));
      return;
    }
    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.of(a, b);
    GoldenObject expected = golden.expected().object("outputs");
    assertNumber(expected, "wPlus", OptionalDouble.of(test.wPlus()));
    assertNumber(expected, "wMinus", OptionalDouble.of(test.wMinus()));
    assertNumber(expected, "statistic", OptionalDouble.of(test.statistic()));
    assertNumber(expected, "pTwoSided", OptionalDouble.of(test.pTwoSided()));
  }

  private static void checkHolm(GoldenCase golden) {
    HolmAdjustment holm = HolmAdjustment.of(golden.inputs().vector("pValues"));
    GoldenObject expected = golden.expected().object("outputs");
    TOLERANCE.assertClose(
        "adjusted",
        holm.adjusted().stream().mapToDouble(p -> p).toArray(),
        expected.vector("adjusted"));
    assertThat(holm.rejected(0.05)).isEqualTo(expected.flags("rejectAt005"));
  }

  private static void checkBootstrap(GoldenCase golden) {
    double[] values = golden.inputs().vector("values");
    double[] means =
        Arrays.stream(golden.inputs().intRows("resampleIndices"))
            .mapToDouble(places -> BootstrapInterval.meanOf(values, places))
            .toArray();
    BootstrapInterval interval =
        BootstrapInterval.of(values, golden.inputs().number("level"), means);
    GoldenObject expected = golden.expected().object("outputs");
    TOLERANCE.assertClose("resampleMeans", means, expected.vector("resampleMeans"));
    assertNumber(expected, "low", OptionalDouble.of(interval.low()));
    assertNumber(expected, "high", OptionalDouble.of(interval.high()));
    assertNumber(expected, "mean", OptionalDouble.of(interval.sample().mean()));
    assertNumber(expected, "sd", interval.sample().standardDeviation());
  }

  private static void assertRefused(GoldenCase golden, ThrowingCallable call) {
    String code = golden.error().orElseThrow();
    assertThat(REFUSALS).containsKey(code);
    golden.assertRefused(IllegalArgumentException.class, REFUSALS.get(code), call);
  }

  private static void assertNumber(GoldenObject expected, String key, OptionalDouble got) {
    TOLERANCE.assertClose(
        key, got.orElse(Double.NaN), expected.optionalNumber(key).orElse(Double.NaN));
  }
}
