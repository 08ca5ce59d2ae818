package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.equipoise.api.tensor.Scalars;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarsTest {

  // No single is 0.7: what is rounded on the way shows.
  private static final double NUMBER = 0.7;
  private static final double[] VALUES = {0.3, 1.9, 4.7};

  private static Stream<Arguments> operators() {
    return Stream.of(
        operator("times", Scalars::times, (a, b) -> a * b),
        operator("over", Scalars::over, (a, b) -> a / b),
        operator("power", Scalars::power, Math::pow),
        operator("atLeast", Scalars::atLeast, Math::max));
  }

  private static Arguments operator(
      String name, BiFunction<NDArray, Double, NDArray> operator, DoubleBinaryOperator expected) {
    return Arguments.of(Named.of(name, operator), expected);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void should_compute_in_double(
      BiFunction<NDArray, Double, NDArray> operator, DoubleBinaryOperator expected) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray result = operator.apply(manager.create(VALUES), NUMBER);

      assertThat(result.toDoubleArray())
          .containsExactly(
              Arrays.stream(VALUES).map(v -> expected.applyAsDouble(v, NUMBER)).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void should_keep_dtype_and_manager_of_a_scalar_array_too(
      BiFunction<NDArray, Double, NDArray> operator, DoubleBinaryOperator expected) {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Shape shape : new Shape[] {new Shape(), new Shape(2, 3)}) {
        NDArray array = manager.ones(shape, DataType.FLOAT32);
        int arrays = manager.getManagedArrays().size();

        NDArray result = operator.apply(array, NUMBER);

        assertThat(result.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(result.getShape()).isEqualTo(shape);
        assertThat(manager.getManagedArrays()).hasSize(arrays + 1).contains(result);
        assertThat(result.toFloatArray())
            .containsOnly((float) expected.applyAsDouble(1, (float) NUMBER));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void should_have_the_same_gradient_if_garbage_is_collected_before(
      BiFunction<NDArray, Double, NDArray> operator, DoubleBinaryOperator expected) {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
        NDArray at = manager.create(VALUES).toType(type, false);

        assertThat(Garbage.gradientAfterwards(at, z -> operator.apply(z, NUMBER).sum()))
            .isEqualTo(GradientCheck.autograd(at, z -> operator.apply(z, NUMBER).sum()));
      }
    }
  }

  /** If this fails, DJL has been mended, and nothing needs {@link Scalars} any more. */
  @Test
  void should_be_needed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray at = manager.create(VALUES);

      assertThat(Garbage.gradientAfterwards(at, z -> z.mul(NUMBER).sum()))
          .isNotEqualTo(GradientCheck.autograd(at, z -> z.mul(NUMBER).sum()));
    }
  }
}
