package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every case of every golden file that this module owns. */
@Tag("reference")
class GoldenLossesTest {

  private static final double[] NO_WEIGHTS = {};
  // With frequencies of 53 bits, n = f * 2^62 is exact or as near as makes no difference.
  private static final long MANY_EXAMPLES = 1L << 62;

  @TestFactory
  Stream<DynamicNode> cross_entropy() {
    return GoldenFiles.tests(
        "loss.cross_entropy",
        golden -> {
          LossSpec spec = new CrossEntropy(golden.config().number("labelSmoothing"));
          boolean weighted = golden.config().flag("classWeighted");
          Reduction reduction = GoldenLoss.reduction(golden.config().text("reduction"));
          if (golden.error().isPresent()) {
            refuses(golden, spec);
            return;
          }
          double[] weights = weighted ? golden.inputs().vector("classWeights") : NO_WEIGHTS;
          check(golden, bind(spec, uniform(golden)), reduction, weights);
        });
  }

  @TestFactory
  Stream<DynamicNode> focal_softmax() {
    return GoldenFiles.tests(
        "loss.focal_softmax",
        golden -> {
          double gamma = golden.config().number("gamma");
          double[] alpha =
              golden.config().flag("alphaPerClass") ? golden.inputs().vector("alpha") : NO_WEIGHTS;

          LossSpec spec = new FocalSoftmax(GoldenLoss.list(alpha), gamma);
          check(golden, bind(spec, uniform(golden)), Reduction.BATCH_MEAN, NO_WEIGHTS);
          // Alpha is a class weight by another name.
          LossSpec plain = new FocalSoftmax(List.of(), gamma);
          check(golden, bind(plain, uniform(golden)), Reduction.BATCH_MEAN, alpha);
        });
  }

  @TestFactory
  Stream<DynamicNode> focal_sigmoid() {
    return GoldenFiles.tests(
        "loss.focal_sigmoid",
        golden -> {
          LossSpec spec =
              new FocalSigmoid(
                  golden.config().optionalNumber("alpha"), golden.config().number("gamma"));
          check(golden, bind(spec, uniform(golden)), Reduction.BATCH_MEAN, NO_WEIGHTS);
        });
  }

  @TestFactory
  Stream<DynamicNode> balanced_softmax() {
    return GoldenFiles.tests(
        "loss.balanced_softmax",
        golden -> {
          LossSpec spec = new BalancedSoftmax(golden.config().number("tau"));
          ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
          if (golden.error().isPresent()) {
            refuses(golden, () -> spec.bind(TrainStatistics.of(counts)));
            return;
          }
          PerExampleLoss loss = bind(spec, TrainStatistics.of(counts));
          check(golden, loss, Reduction.BATCH_MEAN, NO_WEIGHTS);
          GoldenTolerance.doublePrecision()
              .assertClose(
                  "shift",
                  explained(loss, counts.classes(), "logitShift"),
                  golden.expected().object("outputs").vector("shift"));
        });
  }

  @TestFactory
  Stream<DynamicNode> class_balanced() {
    return GoldenFiles.tests(
        "loss.class_balanced",
        golden -> {
          LossSpec base =
              base(golden.config().text("base"), golden.config().optionalNumber("gamma"));
          double beta =
              golden.inputs().has("beta")
                  ? golden.inputs().number("beta")
                  : golden.config().number("beta");
          Reduction reduction = GoldenLoss.reduction(golden.config().text("reduction"));
          ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
          if (golden.error().isPresent()) {
            refuses(golden, () -> weights(beta, counts));
            return;
          }
          double[] weights = weights(beta, counts);
          check(golden, bind(base, TrainStatistics.of(counts)), reduction, weights);
          GoldenTolerance.doublePrecision()
              .assertClose(
                  "weights", weights, golden.expected().object("outputs").vector("weights"));
        });
  }

  @TestFactory
  Stream<DynamicNode> balanced_sigmoid() {
    return GoldenFiles.tests(
        "loss.balanced_sigmoid",
        golden -> {
          LossSpec spec = new BalancedSigmoid(golden.config().flag("keepConstant"));
          boolean reweighted = golden.config().flag("reweighted");
          TrainStatistics train = ofFrequencies(golden.inputs().vector("frequencies"));
          if (golden.error().isPresent()) {
            refuses(golden, () -> spec.bind(train));
            return;
          }
          PerExampleLoss loss = bind(spec, train);
          double[] rho = reweighted ? golden.inputs().vector("rho") : NO_WEIGHTS;
          GoldenLoss.check(
              golden,
              new GoldenLoss.Setup(
                  loss,
                  Reduction.BATCH_MEAN,
                  rho,
                  ids -> new Targets.Regions(ids, train.classes())));
          GoldenObject outputs = golden.expected().object("outputs");
          GoldenTolerance.doublePrecision()
              .assertClose(
                  "shift", explained(loss, train.classes(), "logitShift"), outputs.vector("shift"));
          try (NDManager manager = NDManager.newBaseManager()) {
            // At test time the logits are used as they are.
            NDArray logits =
                GoldenLoss.matrix(manager, golden.inputs().matrix("logits"), DataType.FLOAT64);
            GoldenTolerance.doublePrecision()
                .assertClose(
                    "scores", Activation.sigmoid(logits).toDoubleArray(), outputs.matrix("scores"));
          }
        });
  }

  private static LossSpec base(String name, OptionalDouble gamma) {
    return switch (name) {
      case "softmax_ce" -> new CrossEntropy();
      // Focal loss without focus is binary cross-entropy summed over the classes.
      case "sigmoid_bce" -> new FocalSigmoid(OptionalDouble.empty(), 0);
      case "focal_sigmoid" -> new FocalSigmoid(OptionalDouble.empty(), gamma.orElseThrow());
      case "focal_softmax" -> new FocalSoftmax(List.of(), gamma.orElseThrow());
      default -> throw new IllegalArgumentException("unknown base loss " + name);
    };
  }

  private static double[] weights(double beta, ClassCounts counts) {
    return new EffectiveNumber(beta, WeightNormalisation.CLASS_MEAN).weights(counts);
  }

  private static void check(
      GoldenCase golden, PerExampleLoss loss, Reduction reduction, double[] weights) {
    GoldenLoss.check(golden, new GoldenLoss.Setup(loss, reduction, weights, Targets.ClassIds::new));
  }

  private static PerExampleLoss bind(LossSpec spec, TrainStatistics train) {
    return (PerExampleLoss) spec.bind(train);
  }

  private static double[] explained(PerExampleLoss loss, int classes, String number) {
    return IntStream.range(0, classes)
        .mapToDouble(c -> loss.explain(c).numbers().get(number))
        .toArray();
  }

  private static TrainStatistics uniform(GoldenCase golden) {
    long[] counts = new long[golden.inputs().matrix("logits")[0].length];
    Arrays.fill(counts, 1);
    return TrainStatistics.of(ClassCounts.of(counts));
  }

  private static TrainStatistics ofFrequencies(double[] frequencies) {
    long[] counts =
        Arrays.stream(frequencies).mapToLong(f -> Math.round(f * MANY_EXAMPLES)).toArray();
    ClassCounts images = ClassCounts.of(counts);
    return new TrainStatistics(images, Optional.of(images), MANY_EXAMPLES);
  }

  private static void refuses(GoldenCase golden, LossSpec spec) {
    refuses(
        golden,
        () -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits =
                GoldenLoss.matrix(manager, golden.inputs().matrix("logits"), DataType.FLOAT64);
            NDArray ids = manager.create(golden.inputs().longs("labels"));
            bind(spec, uniform(golden)).perExample(LossInput.of(logits, new Targets.ClassIds(ids)));
          }
        });
  }

  private static void refuses(GoldenCase golden, Runnable call) {
    String code = golden.error().orElseThrow();
    switch (code) {
      case "ZERO_COUNT" ->
          golden.assertRefused(EmptyClassException.class, "no training example", call::run);
      case "LABEL_OUT_OF_RANGE" ->
          golden.assertRefused(IllegalArgumentException.class, "has label", call::run);
      case "BETA_OUT_OF_RANGE" ->
          golden.assertRefused(IllegalArgumentException.class, "beta: must be in", call::run);
      case "FREQUENCY_OUT_OF_RANGE" ->
          // A class in no image has no positive rate to shift by: the same refusal as anywhere.
          golden.assertRefused(
              IllegalArgumentException.class,
              Arrays.stream(golden.inputs().vector("frequencies")).anyMatch(f -> f == 0)
                  ? "no training example"
                  : "positive rate",
              call::run);
      default -> throw new IllegalArgumentException("unknown error code " + code);
    }
  }
}
