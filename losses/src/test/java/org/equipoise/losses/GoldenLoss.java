package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.equipoise.api.loss.ExampleWeights;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;

/** Compares a loss with one golden case, in double and in single precision. */
final class GoldenLoss {

  private GoldenLoss() {}

  /** A loss as a golden case has it: bound, with the arrays that it is differentiated by. */
  record Setup(
      PerExampleLoss loss,
      Reduction reduction,
      double[] classWeights,
      Function<NDArray, Targets> targets) {}

  static void check(GoldenCase golden, Setup setup) {
    double[][] logits = golden.inputs().matrix("logits");
    compare(golden, setup, DataType.FLOAT64, GoldenTolerance.doublePrecision());
    compare(golden, setup, DataType.FLOAT32, GoldenTolerance.singlePrecision(logits));
  }

  static Reduction reduction(String name) {
    return switch (name) {
      case "batchMean" -> Reduction.BATCH_MEAN;
      case "weightMean" -> Reduction.WEIGHT_MEAN;
      case "sum" -> Reduction.SUM;
      default -> throw new IllegalArgumentException("unknown reduction " + name);
    };
  }

  private static void compare(
      GoldenCase golden, Setup setup, DataType type, GoldenTolerance tolerance) {
    double[][] rows = golden.inputs().matrix("logits");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = matrix(manager, rows, type);
      Targets targets = setup.targets().apply(manager.create(golden.inputs().longs("labels")));
      LossInput in = LossInput.of(logits, targets);
      boolean weighted = setup.classWeights().length > 0;
      NDArray weights =
          manager
              .create(weighted ? setup.classWeights() : ones(rows[0].length))
              .toType(type, false);
      logits.setRequiresGradient(true);
      weights.setRequiresGradient(true);

      NDArray perExample;
      NDArray value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        perExample = weighted ? setup.loss().perExample(in, weights) : setup.loss().perExample(in);
        value =
            weighted
                ? setup.reduction().reduce(perExample, ExampleWeights.of(in, weights))
                : setup.reduction().reduce(perExample);
        collector.backward(value);
      }

      assertThat(value.getDataType()).isEqualTo(type);
      String what = type + " ";
      tolerance.assertClose(what + "value", numbers(value)[0], golden.expected().number("value"));
      tolerance.assertClose(
          what + "per_sample", numbers(perExample), golden.expected().vector("per_sample"));
      GoldenObject gradients = golden.expected().object("gradients");
      tolerance.assertClose(
          what + "gradient", numbers(logits.getGradient()), gradients.matrix("logits"));
      if (gradients.has("rho")) {
        tolerance.assertClose(
            what + "gradient of rho", numbers(weights.getGradient()), gradients.vector("rho"));
      }
      if (setup.loss() instanceof LogitGradient closed && !weighted) {
        double scale = setup.reduction() == Reduction.SUM ? 1 : 1.0 / rows.length;
        tolerance.assertClose(
            what + "closed-form gradient",
            numbers(closed.logitGradient(in).mul(scale)),
            gradients.matrix("logits"));
      }
    }
  }

  static NDArray matrix(NDManager manager, double[][] rows, DataType type) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length)).toType(type, false);
  }

  static double[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
