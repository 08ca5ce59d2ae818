package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.golden.GoldenDetection;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Balanced Sigmoid and Balanced Softmax under each policy for background, on golden cases. */
@Tag("reference")
class GoldenBackgroundTest {

  @Test
  void should_equal_every_golden_case_of_detection_losses() {
    List<GoldenObject> cases = GoldenDetection.casesWith("balanced_sigmoid");
    Assumptions.assumeFalse(cases.isEmpty(), "no folder of detection cases is named");
    for (GoldenObject golden : cases) {
      for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
        sigmoid(golden, type);
        softmax(golden, type);
      }
    }
    cases.forEach(GoldenObject::requireAllRead);
  }

  private static void sigmoid(GoldenObject golden, DataType type) {
    TrainStatistics train = statistics(golden);
    GoldenObject expected = golden.object("balanced_sigmoid");
    Batch batch = new Batch(golden, "logits_sigmoid", type);
    PerExampleLoss balanced =
        bind(
            new RegionLoss(new BalancedSigmoid(), new BackgroundPolicy.None(), CountKind.IMAGE),
            train);
    batch.check("balanced sigmoid", balanced, expected);
    PerExampleLoss plain =
        bind(
            new RegionLoss(
                new FocalSigmoid(OptionalDouble.empty(), 0),
                new BackgroundPolicy.None(),
                CountKind.IMAGE),
            train);
    batch.tolerance.assertClose(
        "plain sigmoid", batch.value(plain), expected.number("plain_sigmoid_loss"));
    if (expected.has("grad_row_sums")) {
      double[] gradient = batch.gradient(balanced);
      int width = gradient.length / expected.vector("grad_row_sums").length;
      double[] sums = new double[gradient.length / width];
      for (int i = 0; i < gradient.length; i++) {
        sums[i / width] += gradient[i];
      }
      batch.sums.assertClose("sums of the rows", sums, expected.vector("grad_row_sums"));
    }
  }

  private static void softmax(GoldenObject golden, DataType type) {
    TrainStatistics train = statistics(golden);
    double objects = train.instances().total();
    double background = golden.number("background_count_used_for_bg_log_prior");
    GoldenObject softmax = golden.object("softmax");
    Batch batch = new Batch(golden, "logits_softmax", type);
    BackgroundPolicy unshifted = new BackgroundPolicy.UnshiftedColumn();

    batch.check("plain", column(new CrossEntropy(), unshifted, train), softmax.object("plain"));
    batch.check(
        "log prior",
        column(new BalancedSoftmax(), logPrior(background, objects), train),
        softmax.object("bg_log_prior"));
    batch.check(
        "unshifted",
        column(new BalancedSoftmax(), unshifted, train),
        softmax.object("bg_bias_0_fg_log_mean_normalised"));
    batch.check(
        "one background region",
        column(new BalancedSoftmax(), logPrior(1, objects), train),
        softmax.object("bg_count_1"));
  }

  private static BackgroundPolicy logPrior(double background, double objects) {
    return new BackgroundPolicy.LogPriorColumn(background / (background + objects));
  }

  private static PerExampleLoss column(
      LossSpec loss, BackgroundPolicy policy, TrainStatistics train) {
    return bind(new RegionLoss(loss, policy, CountKind.INSTANCE), train);
  }

  private static PerExampleLoss bind(RegionLoss spec, TrainStatistics train) {
    return (PerExampleLoss) spec.bind(train);
  }

  private static TrainStatistics statistics(GoldenObject golden) {
    return new TrainStatistics(
        ClassCounts.of(golden.longs("instance_count")),
        Optional.of(ClassCounts.of(golden.longs("image_count"))),
        golden.integer("n_images"));
  }

  /** One golden batch, in one precision. */
  private static final class Batch {
    private final double[][] logits;
    private final long[] labels;
    private final int classes;
    private final DataType type;
    private final GoldenTolerance tolerance;
    private final GoldenTolerance sums;

    Batch(GoldenObject golden, String logits, DataType type) {
      this.logits = golden.matrix(logits);
      this.labels = golden.longs("labels");
      this.classes = golden.integer("k");
      this.type = type;
      boolean inDouble = type == DataType.FLOAT64;
      tolerance =
          inDouble
              ? GoldenTolerance.doublePrecision()
              : GoldenTolerance.singlePrecision(this.logits);
      // A sum of as many numbers as there are logits.
      sums =
          new GoldenTolerance(
              tolerance.absolute() * (inDouble ? 1 : classes), tolerance.relative());
      assertThat(labels).hasSize(golden.integer("n"));
      assertThat(golden.integer("background_label")).isEqualTo(classes);
    }

    void check(String what, PerExampleLoss loss, GoldenObject expected) {
      tolerance.assertClose(what, value(loss), expected.number("loss"));
      double[] gradient = gradient(loss);
      if (expected.has("grad")) {
        tolerance.assertClose(what + " gradient", gradient, expected.matrix("grad"));
      }
      sums.assertClose(
          what + " gradient size",
          Arrays.stream(gradient).map(Math::abs).sum(),
          expected.number("grad_abs_sum"));
      if (expected.has("bias")) {
        // Shifts may differ by one constant for all columns.
        double[] bias = expected.vector("bias");
        for (int c = 1; c < classes && loss.explain(0).numbers().containsKey("logitShift"); c++) {
          double between =
              loss.explain(c).numbers().get("logitShift")
                  - loss.explain(0).numbers().get("logitShift");
          tolerance.assertClose(what + " shift", between, bias[c] - bias[0]);
        }
      }
    }

    double value(PerExampleLoss loss) {
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray array = GoldenLoss.matrix(manager, logits, type);
        return GoldenLoss.numbers(mean(loss, array))[0];
      }
    }

    double[] gradient(PerExampleLoss loss) {
      try (NDManager manager = NDManager.newBaseManager()) {
        return GradientCheck.autograd(GoldenLoss.matrix(manager, logits, type), z -> mean(loss, z));
      }
    }

    private NDArray mean(PerExampleLoss loss, NDArray array) {
      NDArray ids = array.getManager().create(labels);
      return loss.perExample(LossInput.of(array, new Targets.Regions(ids, classes))).mean();
    }
  }
}
