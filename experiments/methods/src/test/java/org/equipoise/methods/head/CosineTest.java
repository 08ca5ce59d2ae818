package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class CosineTest implements SpecContract<Cosine> {

  @Override
  public Cosine spec() {
    return new Cosine(30, 1e-6);
  }

  @Override
  public String expectedTypeName() {
    return "cosine";
  }

  private static final double[][] ROWS = {{1, 0}, {0, 2}, {-3, 3}};

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_double() {
    return GoldenFiles.tests(
        "head.cosine", golden -> compare(golden, DataType.FLOAT64, doubles -> precise()));
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_single() {
    return GoldenFiles.tests(
        "head.cosine",
        golden -> compare(golden, DataType.FLOAT32, GoldenTolerance::singlePrecision));
  }

  private static GoldenTolerance precise() {
    return GoldenTolerance.doublePrecision();
  }

  private static void compare(
      GoldenCase golden, DataType type, Function<double[][], GoldenTolerance> tolerances) {
    GoldenObject inputs = golden.inputs();
    GoldenObject config = golden.config();
    Cosine spec = new Cosine(config.number("scale"), config.number("epsilon"));
    double[][] wantLogits = golden.expected().object("outputs").matrix("logits");
    GoldenTolerance tolerance = tolerances.apply(wantLogits);
    GoldenObject gradients = golden.expected().object("gradients");
    try (HeadFixture head = HeadFixture.of(spec, inputs.matrix("weight"), type)) {
      NDArray features = head.array(inputs.matrix("features"));
      NDArray upstream = head.array(inputs.matrix("upstream"));
      NDArray logits = head.backward(features, upstream);

      NDArray value = logits.mul(upstream).sum();
      tolerance.assertClose("value", numbers(value)[0], golden.expected().number("value"));
      tolerance.assertClose("logits", numbers(logits), wantLogits);
      tolerance.assertClose(
          "features' gradient", numbers(features.getGradient()), gradients.matrix("features"));
      tolerance.assertClose(
          "rows' gradient",
          numbers(head.head().weight().getArray().getGradient()),
          gradients.matrix("weight"));
    }
  }

  private static double[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  @Test
  void should_give_the_scaled_cosines_of_the_angles() {
    try (HeadFixture head = HeadFixture.of(new Cosine(10, 1e-12), ROWS, DataType.FLOAT64)) {
      double[] logits = head.logits(head.array(new double[][] {{3, 4}})).toDoubleArray();

      assertThat(logits)
          .containsExactly(new double[] {6, 8, 10 * 0.2 / Math.sqrt(2)}, within(1e-13));
    }
  }

  @Test
  void should_not_change_if_features_and_rows_grow_longer() {
    double[][] longRows = {{8, 0}, {0, 1}, {-0.5, 0.5}};
    try (HeadFixture head = HeadFixture.of(new Cosine(), ROWS, DataType.FLOAT64);
        HeadFixture longer = HeadFixture.of(new Cosine(), longRows, DataType.FLOAT64)) {
      double[] logits = head.logits(head.array(new double[][] {{3, -4}})).toDoubleArray();
      double[] same = longer.logits(longer.array(new double[][] {{300, -400}})).toDoubleArray();

      assertThat(same).containsExactly(logits, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT32", "FLOAT64"})
  void should_stay_finite_if_a_feature_vector_or_a_row_is_zero(DataType type) {
    double[][] withZero = {{0, 0}, {0, 2}};
    try (HeadFixture head = HeadFixture.of(new Cosine(), withZero, type)) {
      NDArray features = head.array(new double[][] {{0, 0}, {1, 1}});
      NDArray upstream = head.array(new double[][] {{1, 1}, {1, 1}});

      NDArray logits = head.backward(features, upstream);

      assertThat(logits.isNaN().any().getBoolean()).isFalse();
      assertThat(numbers(logits.get(0))).containsOnly(0);
      assertThat(finite(features.getGradient())).isTrue();
      assertThat(finite(head.head().weight().getArray().getGradient())).isTrue();
    }
  }

  private static boolean finite(NDArray array) {
    return Arrays.stream(numbers(array)).allMatch(Double::isFinite);
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    try (HeadFixture head = HeadFixture.of(new Cosine(), ROWS, DataType.FLOAT32)) {
      int before = head.manager().getManagedArrays().size();
      for (int step = 0; step < 20; step++) {
        try (NDManager sub = head.manager().newSubManager()) {
          NDArray features = sub.ones(new Shape(4, 2));
          head.backward(features, sub.ones(new Shape(4, 3)));
        }
      }

      // The gradient of the weights is made once and stays.
      assertThat(head.manager().getManagedArrays()).hasSizeLessThanOrEqualTo(before + 1);
    }
  }

  @Test
  void should_start_from_rows_within_the_glorot_bound() {
    try (HeadFixture head = new HeadFixture(new Cosine(), 30, 120, DataType.FLOAT32)) {
      float[] rows = head.head().weight().getArray().toFloatArray();
      double bound = Math.sqrt(6.0 / (30 + 120));

      assertThat(rows).hasSize(30 * 120);
      assertThat(Bounds.largestMagnitude(rows)).isBetween(0.98 * bound, bound * (1 + 1e-6));
    }
  }

  @Test
  void should_say_the_factor_between_cosines_and_logits() {
    assertThat(new Cosine(30, 1e-12).cosineScale()).hasValue(30);
    assertThat(new Ncm(Ncm.Features.PLAIN, Ncm.Distance.COSINE).cosineScale()).hasValue(1);
    assertThat(new Ncm().cosineScale()).isEmpty();
    assertThat(new Linear().cosineScale()).isEmpty();
  }

  @Test
  void should_have_no_bias() {
    try (HeadFixture head = HeadFixture.of(new Cosine(), ROWS, DataType.FLOAT32)) {
      assertThat(head.head().bias()).isEmpty();
      assertThat(head.head().block().getParameters().keys()).containsExactly("weight");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_scale_or_epsilon_is_not_a_positive_number(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cosine(value, 1e-12))
        .withMessageContaining("scale")
        .withMessageContaining(String.valueOf(value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cosine(20, value))
        .withMessageContaining("epsilon")
        .withMessageContaining(String.valueOf(value));
  }
}
