package org.equipoise.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/**
 * How far a number may be from a golden one: {@code |got - want| <= absolute + relative |want|}.
 *
 * @param absolute the absolute part, &gt;= 0
 * @param relative the relative part, &gt;= 0
 */
public record GoldenTolerance(double absolute, double relative) {

  /**
   * Returns the tolerance for what was computed in double precision.
   *
   * @return 1e-9 and 1e-8
   */
  public static GoldenTolerance doublePrecision() {
    return new GoldenTolerance(1e-9, 1e-8);
  }

  /**
   * Returns the tolerance for what was computed in single precision.
   *
   * @param logits the case's logits, or whatever else sets the scale
   * @return 2e-5 times the largest absolute logit (at least 1), and 1e-4
   */
  public static GoldenTolerance singlePrecision(double[][] logits) {
    double largest =
        Arrays.stream(logits).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    return new GoldenTolerance(2e-5 * Math.max(1, largest), 1e-4);
  }

  /**
   * Compares one number.
   *
   * @param what names it in the message
   * @param got what was computed
   * @param want the golden number; NaN if it is undefined, and then {@code got} must be NaN
   */
  public void assertClose(String what, double got, double want) {
    if (Double.isNaN(want)) {
      assertThat(got).as("%s is undefined", what).isNaN();
      return;
    }
    // Infinite and NaN results fail this comparison too.
    assertThat(Math.abs(got - want) <= absolute + relative * Math.abs(want))
        .as("%s: got %s, want %s, tolerance %s", what, got, want, this)
        .isTrue();
  }

  /**
   * Compares vectors.
   *
   * @param what names it in the message
   * @param got what was computed
   * @param want the golden numbers
   */
  public void assertClose(String what, double[] got, double[] want) {
    assertThat(got.length).as("%s: length", what).isEqualTo(want.length);
    for (int i = 0; i < want.length; i++) {
      assertClose(what + "[" + i + "]", got[i], want[i]);
    }
  }

  /**
   * Compares a matrix given row by row in one array.
   *
   * @param what names it in the message
   * @param got what was computed, row-major
   * @param want the golden rows
   */
  public void assertClose(String what, double[] got, double[][] want) {
    assertClose(what, got, Arrays.stream(want).flatMapToDouble(Arrays::stream).toArray());
  }
}
