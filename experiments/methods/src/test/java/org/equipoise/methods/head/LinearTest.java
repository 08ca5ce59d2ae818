package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class LinearTest implements SpecContract<Linear> {

  @Override
  public Linear spec() {
    return new Linear(false);
  }

  @Override
  public String expectedTypeName() {
    return "linear";
  }

  private static final double[][] ROWS = {{1, 2}, {-3, 0.5}, {0, 0}};

  @Test
  void should_give_the_products_of_rows_and_features_plus_the_bias() {
    try (HeadFixture head = HeadFixture.of(new Linear(), ROWS, DataType.FLOAT64)) {
      NDArray bias = head.head().bias().orElseThrow().getArray();
      head.manager().create(new double[] {10, 20, 30}).copyTo(bias);

      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(20, 16, 30);
    }
  }

  @Test
  void should_give_the_products_alone_if_there_is_no_bias() {
    try (HeadFixture head = HeadFixture.of(new Linear(false), ROWS, DataType.FLOAT64)) {
      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(10, -4, 0);
      assertThat(head.head().bias()).isEmpty();
    }
  }

  @Test
  void should_have_the_gradients_of_an_affine_map() {
    try (HeadFixture head = HeadFixture.of(new Linear(), ROWS, DataType.FLOAT64)) {
      NDArray features = head.array(new double[][] {{2, 4}, {-1, 3}});
      head.backward(features, head.array(new double[][] {{1, 0, 2}, {0, 5, 0}}));

      // W^T u for each row of features; u f^T for the rows of W; sum of u for the bias.
      assertThat(features.getGradient().toDoubleArray()).containsExactly(1, 2, -15, 2.5);
      assertThat(head.head().weight().getArray().getGradient().toDoubleArray())
          .containsExactly(2, 4, -5, 15, 4, 8);
      assertThat(head.head().bias().orElseThrow().getArray().getGradient().toDoubleArray())
          .containsExactly(1, 5, 2);
    }
  }

  @Test
  void should_ignore_a_feature_map_if_the_backbone_hands_one_over() {
    try (HeadFixture head = HeadFixture.of(new Linear(false), ROWS, DataType.FLOAT64)) {
      NDArray map = head.manager().ones(new Shape(1, 2, 3, 3), DataType.FLOAT64);
      double[] logits = head.logits(head.array(new double[][] {{2, 4}}), map).toDoubleArray();

      assertThat(logits).containsExactly(10, -4, 0);
    }
  }

  @Test
  void should_start_uniform_within_one_over_the_root_of_the_width() {
    try (HeadFixture head = new HeadFixture(new Linear(), 400, 64, DataType.FLOAT32)) {
      float[] rows = head.head().weight().getArray().toFloatArray();
      float[] bias = head.head().bias().orElseThrow().getArray().toFloatArray();

      assertThat(Bounds.largestMagnitude(rows)).isBetween(0.124, 0.125);
      assertThat(Bounds.largestMagnitude(bias)).isBetween(0.11, 0.125);
    }
  }

  @Test
  void should_know_the_shapes_of_its_weights_before_it_saw_an_input() {
    ClassifierHead head = new Linear().build(FeatureShape.ofWidth(7), 3);

    assertThat(head.weight().getShape()).isEqualTo(new Shape(3, 7));
    assertThat(head.bias().orElseThrow().getShape()).isEqualTo(new Shape(3));
    assertThat(head.block().getOutputShapes(new Shape[] {new Shape(5, 7)}))
        .containsExactly(new Shape(5, 3));
  }

  @Test
  void should_name_both_shapes_if_the_features_have_another_width() {
    try (HeadFixture head = HeadFixture.of(new Linear(), ROWS, DataType.FLOAT32)) {
      NDArray features = head.manager().ones(new Shape(4, 3));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> head.logits(features))
          .withMessage("head: features have shape (4, 3); expected (N, 2)");
    }
  }

  @Test
  void should_refuse_to_be_built_for_no_class() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Linear().build(FeatureShape.ofWidth(2), 0))
        .withMessageContaining("classes");
  }

  @Test
  void should_be_the_same_after_djl_saved_and_loaded_its_parameters() throws Exception {
    try (HeadFixture head = new HeadFixture(new Linear(), 3, 2, DataType.FLOAT32);
        NDManager manager = NDManager.newBaseManager()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      head.head().block().saveParameters(new DataOutputStream(bytes));
      ClassifierHead loaded = new Linear().build(FeatureShape.ofWidth(2), 3);
      loaded
          .block()
          .loadParameters(
              manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

      assertThat(loaded.weight().getArray()).isEqualTo(head.head().weight().getArray());
      assertThat(loaded.bias().orElseThrow().getArray())
          .isEqualTo(head.head().bias().orElseThrow().getArray());
    }
  }
}
