package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimplexEtfTest implements SpecContract<SimplexEtf> {

  @Override
  public SimplexEtf spec() {
    return new SimplexEtf(16);
  }

  @Override
  public String expectedTypeName() {
    return "simplex-etf";
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 5", "4, 3", "10, 9", "10, 64", "100, 99", "100, 512"})
  void should_have_unit_rows_at_equal_and_largest_angles(int classes, int width) {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      try (HeadFixture head = new HeadFixture(new SimplexEtf(), classes, width, type)) {
        double[] rows = HeadFixture.numbers(head.parameter("weight"));
        double tolerance = type == DataType.FLOAT64 ? 1e-12 : 1e-6;
        for (int i = 0; i < classes; i++) {
          for (int j = 0; j < classes; j++) {
            double product = 0;
            for (int d = 0; d < width; d++) {
              product += rows[i * width + d] * rows[j * width + d];
            }
            assertThat(product)
                .as("rows %d and %d", i, j)
                .isCloseTo(i == j ? 1 : -1.0 / (classes - 1), within(tolerance));
          }
        }
      }
    }
  }

  @Test
  void should_be_turned_at_random() {
    try (HeadFixture one = new HeadFixture(new SimplexEtf(), 3, 8, DataType.FLOAT64);
        HeadFixture other = new HeadFixture(new SimplexEtf(), 3, 8, DataType.FLOAT64)) {
      assertThat(HeadFixture.numbers(one.parameter("weight")))
          .isNotEqualTo(HeadFixture.numbers(other.parameter("weight")));
    }
  }

  @Test
  void should_give_the_scaled_products_of_rows_and_features() {
    try (HeadFixture head = new HeadFixture(new SimplexEtf(3), 3, 2, DataType.FLOAT64)) {
      head.with("weight", 1, 2, -3, 0.5, 0, 0);

      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(30, -12, 0);
    }
  }

  @Test
  void should_have_nothing_to_train_and_no_bias() {
    try (HeadFixture head = new HeadFixture(new SimplexEtf(), 3, 2, DataType.FLOAT32)) {
      assertThat(head.head().bias()).isEmpty();
      assertThat(head.head().block().getParameters().keys()).containsExactly("weight");
      assertThat(head.head().weight().requiresGradient()).isFalse();
    }
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    try (HeadFixture head = new HeadFixture(new SimplexEtf(), 3, 2, DataType.FLOAT32)) {
      HeadFixture.assertNoLeak(head, 2, 3);
    }
  }

  @Test
  void should_be_refused_if_the_classes_do_not_fit_the_features() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimplexEtf().build(FeatureShape.ofWidth(64), 100))
        .withMessage("simplex-etf: 100 classes in 64 features; expected 2 to 65 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimplexEtf().build(FeatureShape.ofWidth(64), 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_the_scale_is_not_a_positive_number(double scale) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimplexEtf(scale))
        .withMessage("scale: must be finite and > 0, was " + scale);
  }
}
