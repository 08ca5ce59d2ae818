package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;

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

@Tag("reference")
class LwsTest implements SpecContract<Lws> {

  private static final double[][] ROWS = {{1, 2}, {-3, 0.5}, {0, 0}};

  @Override
  public Lws spec() {
    return new Lws(false);
  }

  @Override
  public String expectedTypeName() {
    return "lws";
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_double() {
    return GoldenFiles.tests(
        "head.lws",
        golden -> compare(golden, DataType.FLOAT64, l -> GoldenTolerance.doublePrecision()));
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_single() {
    return GoldenFiles.tests(
        "head.lws", golden -> compare(golden, DataType.FLOAT32, GoldenTolerance::singlePrecision));
  }

  private static void compare(
      GoldenCase golden, DataType type, Function<double[][], GoldenTolerance> tolerances) {
    GoldenObject inputs = golden.inputs();
    double[][] wantLogits = golden.expected().object("outputs").matrix("logits");
    GoldenTolerance tolerance = tolerances.apply(wantLogits);
    try (HeadFixture head = HeadFixture.of(new Lws(), inputs.matrix("weight"), type)) {
      head.with("bias", inputs.vector("bias")).with("scale", inputs.vector("scale"));
      NDArray upstream = head.array(inputs.matrix("upstream"));

      NDArray logits = head.backward(head.array(inputs.matrix("features")), upstream);

      NDArray value = logits.mul(upstream).sum();
      tolerance.assertClose(
          "value", HeadFixture.numbers(value)[0], golden.expected().number("value"));
      tolerance.assertClose("logits", HeadFixture.numbers(logits), wantLogits);
      tolerance.assertClose(
          "scales' gradient",
          head.gradient("scale"),
          golden.expected().object("gradients").vector("scale"));
    }
  }

  @Test
  void should_scale_the_whole_logit_the_bias_too() {
    try (HeadFixture head = HeadFixture.of(new Lws(), ROWS, DataType.FLOAT64)) {
      head.with("bias", 10, 20, 30).with("scale", 2, -1, 0.5);

      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(2 * 20, -16, 15);
    }
  }

  @Test
  void should_start_as_the_linear_head_whose_rows_it_has() {
    try (HeadFixture head = HeadFixture.of(new Lws(false), ROWS, DataType.FLOAT64)) {
      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(10, -4, 0);
      assertThat(head.head().bias()).isEmpty();
    }
  }

  @Test
  void should_train_the_factors_alone() {
    try (HeadFixture head = HeadFixture.of(new Lws(), ROWS, DataType.FLOAT32)) {
      NDArray features = head.array(new double[][] {{2, 4}});
      head.backward(features, head.array(new double[][] {{1, 1, 1}}));

      assertThat(head.head().block().getParameters().keys())
          .containsExactly("weight", "bias", "scale");
      assertThat(head.head().weight().requiresGradient()).isFalse();
      assertThat(head.head().bias().orElseThrow().requiresGradient()).isFalse();
      assertThat(head.parameter("weight").hasGradient()).isFalse();
      assertThat(head.parameter("bias").hasGradient()).isFalse();
      assertThat(head.parameter("scale").hasGradient()).isTrue();
    }
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    try (HeadFixture head = HeadFixture.of(new Lws(), ROWS, DataType.FLOAT32)) {
      HeadFixture.assertNoLeak(head, 2, 3);
    }
  }
}
