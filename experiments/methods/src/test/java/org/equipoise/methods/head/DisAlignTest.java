package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.equipoise.methods.head.DisAlign.Form;
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

@Tag("reference")
class DisAlignTest implements SpecContract<DisAlign> {

  private static final double[][] ROWS = {{1, 2}, {-3, 0.5}, {0, 0}};

  @Override
  public DisAlign spec() {
    return new DisAlign(Form.RESIDUAL, false);
  }

  @Override
  public String expectedTypeName() {
    return "disalign";
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_double() {
    return GoldenFiles.tests(
        "head.disalign",
        golden -> compare(golden, DataType.FLOAT64, l -> GoldenTolerance.doublePrecision()));
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_single() {
    return GoldenFiles.tests(
        "head.disalign",
        golden -> compare(golden, DataType.FLOAT32, GoldenTolerance::singlePrecision));
  }

  // The golden logits come from nowhere, not from features: so the calibration is tested by itself.
  private static void compare(
      GoldenCase golden, DataType type, Function<double[][], GoldenTolerance> tolerances) {
    GoldenObject inputs = golden.inputs();
    Form form = Form.valueOf(golden.config().text("form").toUpperCase(Locale.ROOT));
    double[][] rows = inputs.matrix("logits");
    GoldenTolerance tolerance = tolerances.apply(rows);
    GoldenObject outputs = golden.expected().object("outputs");
    GoldenObject gradients = golden.expected().object("gradients");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = watched(array(manager, rows, type));
      NDArray features = array(manager, inputs.matrix("features"), type);
      NDArray weight = watched(vector(manager, type, inputs.vector("confidenceWeight")));
      NDArray offset = watched(vector(manager, type, inputs.number("confidenceBias")));
      NDArray scale = watched(vector(manager, type, inputs.vector("scale")));
      NDArray shift = watched(vector(manager, type, inputs.vector("shift")));
      NDArray upstream = array(manager, inputs.matrix("upstream"), type);
      NDArray confidence;
      NDArray calibrated;
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        confidence = DisAlign.confidence(features, weight, offset);
        calibrated = form.apply(logits, confidence, scale, shift);
        value = calibrated.mul(upstream).sum();
        collector.backward(value);
      }

      tolerance.assertClose(
          "value", HeadFixture.numbers(value)[0], golden.expected().number("value"));
      tolerance.assertClose("logits", HeadFixture.numbers(calibrated), outputs.matrix("logits"));
      tolerance.assertClose(
          "confidence", HeadFixture.numbers(confidence), outputs.vector("confidence"));
      tolerance.assertClose("scale", gradient(scale), gradients.vector("scale"));
      tolerance.assertClose("shift", gradient(shift), gradients.vector("shift"));
      tolerance.assertClose("weight", gradient(weight), gradients.vector("confidenceWeight"));
      tolerance.assertClose("offset", gradient(offset)[0], gradients.number("confidenceBias"));
      tolerance.assertClose("logits' gradient", gradient(logits), gradients.matrix("logits"));
    }
  }

  private static NDArray watched(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  private static double[] gradient(NDArray array) {
    return HeadFixture.numbers(array.getGradient());
  }

  private static NDArray vector(NDManager manager, DataType type, double... values) {
    return manager.create(values).toType(type, false);
  }

  private static NDArray array(NDManager manager, double[][] rows, DataType type) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length)).toType(type, false);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void should_calibrate_the_logits_of_the_frozen_rows(Form form) {
    double[] v = {0.5, -0.25};
    double c = 0.75;
    double[] bias = {10, 20, 30};
    double[] a = {2, 0.5, 1};
    double[] b = {0.1, 0.2, 0.3};
    double[] f = {2, 4};
    try (HeadFixture head = HeadFixture.of(new DisAlign(form, true), ROWS, DataType.FLOAT64)) {
      head.with("bias", bias)
          .with("confidenceWeight", v)
          .with("confidenceBias", c)
          .with("scale", a)
          .with("shift", b);

      double[] logits = head.logits(head.array(new double[][] {f})).toDoubleArray();

      double s = 1 / (1 + Math.exp(-(v[0] * f[0] + v[1] * f[1] + c)));
      for (int j = 0; j < 3; j++) {
        double z = ROWS[j][0] * f[0] + ROWS[j][1] * f[1] + bias[j];
        double want =
            form == Form.INTERPOLATE
                ? (1 - s) * z + s * (a[j] * z + b[j])
                : (1 + s * a[j]) * z + s * b[j];
        assertThat(logits[j]).isCloseTo(want, within(1e-12));
      }
    }
  }

  @Test
  void should_start_as_the_linear_head_if_it_interpolates() {
    try (HeadFixture head =
        HeadFixture.of(new DisAlign(Form.INTERPOLATE, false), ROWS, DataType.FLOAT32)) {
      float[] logits = head.logits(head.array(new double[][] {{2, 4}, {0.3, 7}})).toFloatArray();

      assertThat(logits).containsExactly(10, -4, 0, 14.3f, 2.6f, 0);
    }
  }

  @Test
  void should_start_with_the_same_predictions_and_stretched_logits_if_it_adds() {
    try (HeadFixture head =
        HeadFixture.of(new DisAlign(Form.RESIDUAL, false), ROWS, DataType.FLOAT64)) {
      double c = HeadFixture.numbers(head.parameter("confidenceBias"))[0];
      double s = 1 / (1 + Math.exp(-(0.1 * 2 + 0.1 * 4 + c)));

      double[] logits = head.logits(head.array(new double[][] {{2, 4}})).toDoubleArray();

      assertThat(logits).containsExactly(new double[] {10 + 10 * s, -4 - 4 * s, 0}, within(1e-7));
    }
  }

  @Test
  void should_train_confidence_scale_and_shift_alone() {
    try (HeadFixture head = HeadFixture.of(new DisAlign(), ROWS, DataType.FLOAT32)) {
      head.with("scale", 2, 2, 2);
      head.backward(head.array(new double[][] {{2, 4}}), head.array(new double[][] {{1, 0.5, 2}}));

      assertThat(head.head().block().getParameters().keys())
          .containsExactly(
              "weight", "bias", "confidenceWeight", "confidenceBias", "scale", "shift");
      assertThat(head.parameter("weight").hasGradient()).isFalse();
      assertThat(head.parameter("bias").hasGradient()).isFalse();
      for (String name : new String[] {"confidenceWeight", "confidenceBias", "scale", "shift"}) {
        assertThat(head.gradient(name)).as(name).doesNotContain(0);
      }
    }
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    for (Form form : Form.values()) {
      try (HeadFixture head = HeadFixture.of(new DisAlign(form, true), ROWS, DataType.FLOAT32)) {
        HeadFixture.assertNoLeak(head, 2, 3);
      }
    }
  }

  @Test
  void should_interpolate_by_default() {
    assertThat(new DisAlign()).isEqualTo(new DisAlign(Form.INTERPOLATE, true));
  }
}
