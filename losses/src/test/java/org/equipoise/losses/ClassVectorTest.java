package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.testkit.Garbage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors beside tensors: what needs an engine. */
class ClassVectorTest {

  private static final ClassVector VECTOR = ClassVector.of(0.5, -2, 1e-3);

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64"})
  void should_have_dtype_and_manager_of_its_neighbour(DataType type) {
    for (int time = 0; time < 2; time++) {
      try (NDManager step = NDManager.newBaseManager()) {
        NDArray like = step.zeros(new Shape(2, 3), type);

        NDArray array = VECTOR.beside(like);

        assertThat(array.getDataType()).isEqualTo(type);
        assertThat(array.getShape()).isEqualTo(new Shape(3));
        assertThat(array.getManager().getName()).isEqualTo(step.getName());
        assertThat(array).isEqualTo(step.create(new double[] {0.5, -2, 1e-3}).toType(type, false));
      }
    }
  }

  @Test
  void should_be_there_again_if_an_earlier_array_was_closed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray like = manager.zeros(new Shape(1), DataType.FLOAT64);
      NDArray first = VECTOR.beside(like);
      NDArray second = VECTOR.beside(like);
      first.close();

      assertThat(second.toDoubleArray()).containsExactly(0.5, -2, 1e-3);
      assertThat(VECTOR.beside(like).toDoubleArray()).containsExactly(0.5, -2, 1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64"})
  void should_compute_with_rows_of_any_dtype_in_turn(DataType type) {
    for (DataType each : new DataType[] {DataType.FLOAT64, type, DataType.FLOAT64}) {
      try (NDManager step = NDManager.newBaseManager()) {
        NDArray rows = step.create(new double[] {1, 2, 4, -1, 0, 8}, new Shape(2, 3));
        rows = rows.toType(each, false);

        NDArray sums = VECTOR.addedTo(rows);
        NDArray products = VECTOR.scaling(rows);

        assertThat(sums).isEqualTo(rows.add(VECTOR.beside(rows)));
        assertThat(products).isEqualTo(rows.mul(VECTOR.beside(rows)));
        assertThat(sums.getDataType()).isEqualTo(each);
        assertThat(sums.getManager().getName()).isEqualTo(step.getName());
        assertThat(products.getManager().getName()).isEqualTo(step.getName());
      }
    }
  }

  @Test
  void should_leave_no_array_behind_in_the_step() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray rows = manager.ones(new Shape(2, 3), DataType.FLOAT32);
      int before = manager.getManagedArrays().size();

      ClassVector.of(1, 2, 3).addedTo(rows).close();

      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void should_have_its_part_in_a_gradient_if_nobody_holds_it_by_then() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(2, 3), DataType.FLOAT64);
      x.setRequiresGradient(true);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray product = ClassVector.of(0.5, -2, 1e-3).scaling(x);
        Garbage.collect();
        collector.backward(product.sum());
      }

      assertThat(x.getGradient().toDoubleArray()).containsExactly(0.5, -2, 1e-3, 0.5, -2, 1e-3);
    }
  }

  @Test
  void should_have_its_part_in_a_gradient_if_it_was_closed_before_the_backward_pass() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(2, 3), DataType.FLOAT64);
      x.setRequiresGradient(true);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray product;
        try (NDArray vector = VECTOR.beside(x)) {
          product = x.mul(vector);
        }
        collector.backward(product.sum());
      }

      assertThat(x.getGradient().toDoubleArray()).containsExactly(0.5, -2, 1e-3, 0.5, -2, 1e-3);
    }
  }
}
