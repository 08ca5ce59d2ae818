package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;

/**
 * Compares the engine's gradient with central finite differences.
 *
 * <p>DJL has one gradient collector per JVM: none may be open while these methods run.
 */
public final class GradientCheck {

  // Balances the error of the formula (step squared) and that of rounding (1e-16 / step).
  private static final double STEP = 1e-5;
  private static final double ABSOLUTE = 1e-7;
  private static final double RELATIVE = 1e-6;

  private GradientCheck() {}

  /**
   * Fails unless the gradient of a function is what finite differences say.
   *
   * @param what names the function in the message
   * @param at where, float64, any shape
   * @param function from such an array to a scalar; smooth near {@code at}
   */
  public static void assertGradient(String what, NDArray at, UnaryOperator<NDArray> function) {
    assertThat(at.getDataType())
        .as("%s: finite differences need float64", what)
        .isEqualTo(DataType.FLOAT64);
    double[] automatic = autograd(at, function);
    double[] finite = centralDifferences(at, function);
    assertClose(what, automatic, finite);
  }

  /**
   * Returns the engine's gradient.
   *
   * @param at where; not changed
   * @param function from such an array to a scalar
   * @return the gradient, flattened, in double
   */
  public static double[] autograd(NDArray at, UnaryOperator<NDArray> function) {
    try (NDManager manager = at.getManager().newSubManager()) {
      NDArray variable = copy(at, manager);
      variable.setRequiresGradient(true);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        collector.backward(function.apply(variable));
      }
      return Numbers.of(variable.getGradient());
    }
  }

  /**
   * Returns central finite differences.
   *
   * @param at where, float64; not changed
   * @param function from such an array to a scalar
   * @return one difference an element, flattened
   */
  public static double[] centralDifferences(NDArray at, UnaryOperator<NDArray> function) {
    double[] values = Numbers.of(at);
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double above = shifted(at, values, i, STEP, function);
      double below = shifted(at, values, i, -STEP, function);
      differences[i] = (above - below) / (2 * STEP);
    }
    return differences;
  }

  private static double shifted(
      NDArray at, double[] values, int element, double by, UnaryOperator<NDArray> function) {
    double[] moved = values.clone();
    moved[element] += by;
    try (NDManager manager = at.getManager().newSubManager()) {
      return Numbers.of(function.apply(manager.create(moved, at.getShape())))[0];
    }
  }

  static void assertClose(String what, double[] got, double[] want) {
    assertThat(got.length).as("%s: size", what).isEqualTo(want.length);
    for (int i = 0; i < want.length; i++) {
      assertThat(Math.abs(got[i] - want[i]) <= ABSOLUTE + RELATIVE * Math.abs(want[i]))
          .as("%s: element %d is %s, expected %s", what, i, got[i], want[i])
          .isTrue();
    }
  }

  private static NDArray copy(NDArray array, NDManager manager) {
    NDArray copy = array.duplicate();
    copy.attach(manager);
    return copy;
  }
}
