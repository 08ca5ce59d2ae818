package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.Function;
import java.util.stream.Stream;
import org.equipoise.testkit.SpecContract;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class TauNormTest implements SpecContract<TauNorm> {

  private static final double[][] ROWS = {{3, 4}, {0, -0.5}, {0, 0}};

  @Override
  public TauNorm spec() {
    return new TauNorm(0.7);
  }

  @Override
  public String expectedTypeName() {
    return "tau-norm";
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_double() {
    return GoldenFiles.tests(
        "head.tau_norm",
        golden -> compare(golden, DataType.FLOAT64, l -> GoldenTolerance.doublePrecision()));
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_single() {
    return GoldenFiles.tests(
        "head.tau_norm",
        golden -> compare(golden, DataType.FLOAT32, GoldenTolerance::singlePrecision));
  }

  private static void compare(
      GoldenCase golden, DataType type, Function<double[][], GoldenTolerance> tolerances) {
    GoldenObject inputs = golden.inputs();
    double tau = golden.config().number("tau");
    GoldenObject outputs = golden.expected().object("outputs");
    double[][] wantLogits = outputs.matrix("logits");
    GoldenTolerance tolerance = tolerances.apply(wantLogits);
    try (HeadFixture head = HeadFixture.of(new TauNorm(tau), inputs.matrix("weight"), type)) {
      NDArray features = head.array(inputs.matrix("features"));
      NDArray upstream = head.array(inputs.matrix("upstream"));

      NDArray logits = head.backward(features, upstream);

      NDArray value = logits.mul(upstream).sum();
      tolerance.assertClose(
          "value", HeadFixture.numbers(value)[0], golden.expected().number("value"));
      tolerance.assertClose("logits", HeadFixture.numbers(logits), wantLogits);
      NDArray rows = TauNorm.normalised(head.parameter("weight"), tau, head.manager());
      tolerance.assertClose("rows", HeadFixture.numbers(rows), outputs.matrix("weight"));
      tolerance.assertClose(
          "features' gradient",
          HeadFixture.numbers(features.getGradient()),
          golden.expected().object("gradients").matrix("features"));
    }
  }

  @Test
  void should_divide_each_row_by_a_power_of_its_length() {
    double[][] features = {{2, 1}};
    try (HeadFixture none = HeadFixture.of(new TauNorm(0), ROWS, DataType.FLOAT64);
        HeadFixture half = HeadFixture.of(new TauNorm(0.5), ROWS, DataType.FLOAT64);
        HeadFixture unit = HeadFixture.of(new TauNorm(1), ROWS, DataType.FLOAT64)) {
      assertThat(none.logits(none.array(features)).toDoubleArray()).containsExactly(10, -0.5, 0);
      assertThat(half.logits(half.array(features)).toDoubleArray())
          .containsExactly(new double[] {10 / Math.sqrt(5), -Math.sqrt(0.5), 0}, within(1e-15));
      assertThat(unit.logits(unit.array(features)).toDoubleArray()).containsExactly(2, -1, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1, 2, 7})
  void should_give_the_logit_zero_if_the_row_is_zero(double tau) {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      try (HeadFixture head = HeadFixture.of(new TauNorm(tau), ROWS, type)) {
        NDArray features = head.array(new double[][] {{2, 1}});
        NDArray logits = head.backward(features, head.array(new double[][] {{1, 1, 1}}));

        assertThat(HeadFixture.numbers(logits)[2]).isZero();
        assertThat(logits.isNaN().any().getBoolean()).isFalse();
        assertThat(features.getGradient().isNaN().any().getBoolean()).isFalse();
      }
    }
  }

  @Test
  void should_have_nothing_to_train_and_no_bias() {
    try (HeadFixture head = HeadFixture.of(new TauNorm(), ROWS, DataType.FLOAT32)) {
      assertThat(head.head().bias()).isEmpty();
      assertThat(head.head().block().getParameters().keys()).containsExactly("weight");
      assertThat(head.head().weight().requiresGradient()).isFalse();
    }
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    try (HeadFixture head = HeadFixture.of(new TauNorm(0.7), ROWS, DataType.FLOAT32)) {
      HeadFixture.assertNoLeak(head, 2, 3);
    }
  }

  @Test
  void should_make_unit_rows_by_default() {
    assertThat(new TauNorm()).isEqualTo(new TauNorm(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_tau_is_out_of_range(double tau) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TauNorm(tau))
        .withMessage("tau: must be finite and >= 0, was " + tau);
  }
}
