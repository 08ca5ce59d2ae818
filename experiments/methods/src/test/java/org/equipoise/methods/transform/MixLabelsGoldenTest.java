package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The shares of labels, and the mixture of losses that mixed targets come to. */
@Tag("reference")
class MixLabelsGoldenTest {

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_double() {
    return GoldenFiles.tests("mix.labels", golden -> compare(golden, DataType.FLOAT64));
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values_in_single() {
    return GoldenFiles.tests("mix.labels", golden -> compare(golden, DataType.FLOAT32));
  }

  private static void compare(GoldenCase golden, DataType type) {
    double[][] rows = golden.inputs().matrix("logits");
    GoldenTolerance tolerance =
        type == DataType.FLOAT64
            ? GoldenTolerance.doublePrecision()
            : GoldenTolerance.singlePrecision(rows);
    GoldenObject expected = golden.expected();
    GoldenObject outputs = expected.object("outputs");
    long[] a = golden.inputs().longs("labelsA");
    long[] b = golden.inputs().longs("labelsB");
    ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
    MixShare share = share(golden, counts, a, b);
    double[] lambdas = ofEach(share, a.length);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = array(manager, rows, type);
      logits.setRequiresGradient(true);
      Objective mean = crossEntropy(counts, Reduction.BATCH_MEAN);
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        value = mean.evaluate(LossInput.of(logits, mixed(manager, a, b, share)));
        collector.backward(value);
      }

      assertThat(value.getDataType()).isEqualTo(type);
      tolerance.assertClose("labelLambda", lambdas, outputs.vector("labelLambda"));
      tolerance.assertClose(
          "softLabels", softLabels(lambdas, a, b, rows[0].length), outputs.matrix("softLabels"));
      tolerance.assertClose("value", numbers(value)[0], expected.number("value"));
      tolerance.assertClose(
          "gradient", numbers(logits.getGradient()), expected.object("gradients").matrix("logits"));
      tolerance.assertClose(
          "per_sample",
          perSample(manager, rows, a, b, lambdas, crossEntropy(counts, Reduction.SUM), type),
          expected.vector("per_sample"));
    }
  }

  private static MixShare share(GoldenCase golden, ClassCounts counts, long[] a, long[] b) {
    GoldenObject config = golden.config();
    double lambda = config.number("lambda");
    // Mixup's cases name them too, and do not use them.
    Remix remix = new Remix(1, config.number("kappa"), config.number("tau"));
    String method = config.text("method");
    return switch (method) {
      case "mixup" -> new MixShare.OfBatch(lambda);
      case "remix" -> new MixShare.OfExamples(remix.shares(counts, lambda, a, b));
      default -> throw new AssertionError("mix.labels: unknown method " + method);
    };
  }

  private static double[] ofEach(MixShare share, int examples) {
    if (share instanceof MixShare.OfExamples each) {
      return each.lambdas();
    }
    double[] lambdas = new double[examples];
    Arrays.fill(lambdas, ((MixShare.OfBatch) share).lambda());
    return lambdas;
  }

  private static double[] softLabels(double[] lambdas, long[] a, long[] b, int classes) {
    double[] soft = new double[lambdas.length * classes];
    for (int i = 0; i < lambdas.length; i++) {
      soft[i * classes + (int) a[i]] += lambdas[i];
      soft[i * classes + (int) b[i]] += 1 - lambdas[i];
    }
    return soft;
  }

  /** The value of each example: that of the batch that it makes by itself. */
  private static double[] perSample(
      NDManager manager,
      double[][] rows,
      long[] a,
      long[] b,
      double[] lambdas,
      Objective sum,
      DataType type) {
    double[] values = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      NDArray logits = array(manager, new double[][] {rows[i]}, type);
      Targets targets =
          mixed(manager, new long[] {a[i]}, new long[] {b[i]}, new MixShare.OfExamples(lambdas[i]));
      values[i] = numbers(sum.evaluate(LossInput.of(logits, targets)))[0];
    }
    return values;
  }

  private static Objective crossEntropy(ClassCounts counts, Reduction reduction) {
    return Objective.of(
        new CrossEntropy().bind(TrainStatistics.of(counts)), Optional.empty(), reduction);
  }

  private static Targets mixed(NDManager manager, long[] a, long[] b, MixShare share) {
    return new Targets.Mixed(labels(manager, a), labels(manager, b), share);
  }

  private static Targets labels(NDManager manager, long[] ids) {
    return new Targets.ClassIds(manager.create(ids));
  }

  private static NDArray array(NDManager manager, double[][] rows, DataType type) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length)).toType(type, false);
  }

  private static double[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }
}
