package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The golden cases of losses that look at a teacher. */
@Tag("reference")
class GoldenDistillationTest {

  @TestFactory
  Stream<DynamicNode> kl_distillation() {
    return GoldenFiles.tests(
        "loss.kl_distillation",
        golden -> {
          LossSpec spec =
              new KlDistillation(
                  golden.config().number("temperature"),
                  golden.config().flag("multiplyByTemperatureSquared"));
          double[][] student = golden.inputs().matrix("studentLogits");
          compareKl(golden, spec, DataType.FLOAT64, GoldenTolerance.doublePrecision());
          compareKl(golden, spec, DataType.FLOAT32, GoldenTolerance.singlePrecision(student));
        });
  }

  @TestFactory
  Stream<DynamicNode> cosine_distillation() {
    return GoldenFiles.tests(
        "loss.cosine_distillation",
        golden -> {
          CosineDistillation spec =
              new CosineDistillation(
                  golden.config().optionalNumber("alpha"), golden.config().number("beta"));
          double[][] features = {golden.expected().vector("per_sample")};
          compareCosine(golden, spec, DataType.FLOAT64, GoldenTolerance.doublePrecision());
          // The factor beta, not the lengths, sets the scale of the values.
          compareCosine(golden, spec, DataType.FLOAT32, GoldenTolerance.singlePrecision(features));
        });
  }

  private static void compareKl(
      GoldenCase golden, LossSpec spec, DataType type, GoldenTolerance tolerance) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = GoldenLoss.matrix(manager, golden.inputs().matrix("studentLogits"), type);
      NDArray taught = GoldenLoss.matrix(manager, golden.inputs().matrix("teacherLogits"), type);
      NDArray labels = manager.zeros(new Shape(logits.getShape().get(0)), DataType.INT64);
      ModelOutputs teacher = new ModelOutputs(Optional.empty(), taught, taught, Map.of());
      LossInput in = input(logits, new Targets.ClassIds(labels), Optional.empty(), teacher);
      PerExampleLoss loss = bind(spec, logits);
      logits.setRequiresGradient(true);

      check(golden, loss, in, type, tolerance);

      double[][] gradient = golden.expected().object("gradients").matrix("studentLogits");
      tolerance.assertClose(type + " gradient", GoldenLoss.numbers(logits.getGradient()), gradient);
      double scale = 1.0 / gradient.length;
      tolerance.assertClose(
          type + " closed-form gradient",
          GoldenLoss.numbers(((LogitGradient) loss).logitGradient(in).mul(scale)),
          gradient);
    }
  }

  private static void compareCosine(
      GoldenCase golden, CosineDistillation spec, DataType type, GoldenTolerance tolerance) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = GoldenLoss.matrix(manager, golden.inputs().matrix("studentFeatures"), type);
      NDArray taught = GoldenLoss.matrix(manager, golden.inputs().matrix("teacherFeatures"), type);
      ModelOutputs teacher = new ModelOutputs(Optional.empty(), taught, taught, Map.of());
      int rows = (int) student.getShape().get(0);
      boolean mixed = spec.alpha().isPresent();
      NDArray logits =
          mixed
              ? GoldenLoss.matrix(manager, golden.inputs().matrix("logits"), type)
              : manager.zeros(new Shape(rows, 2), type);
      NDArray labels = manager.create(mixed ? golden.inputs().longs("labels") : new long[rows]);
      LossInput in = input(logits, new Targets.ClassIds(labels), Optional.of(student), teacher);
      student.setRequiresGradient(true);
      logits.setRequiresGradient(true);

      check(golden, bind(spec, logits), in, type, tolerance);

      GoldenObject gradients = golden.expected().object("gradients");
      tolerance.assertClose(
          type + " gradient of features",
          GoldenLoss.numbers(student.getGradient()),
          gradients.matrix("studentFeatures"));
      GoldenObject outputs = golden.expected().object("outputs");
      double[] distances =
          GoldenLoss.numbers(
              bind(new CosineDistillation(OptionalDouble.empty(), 1), logits).perExample(in));
      double[] cosines = outputs.vector("cosine");
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        tolerance.assertClose(type + " cosine", 1 - distances[i], cosines[i]);
        sum += distances[i];
      }
      if (mixed) {
        tolerance.assertClose(
            type + " gradient of logits",
            GoldenLoss.numbers(logits.getGradient()),
            gradients.matrix("logits"));
        tolerance.assertClose(
            type + " distillation", spec.beta() * sum / rows, outputs.number("distillation"));
        double[] crossEntropy = GoldenLoss.numbers(bind(new CrossEntropy(), logits).perExample(in));
        tolerance.assertClose(
            type + " cross-entropy",
            Arrays.stream(crossEntropy).average().orElseThrow(),
            outputs.number("crossEntropy"));
      }
    }
  }

  private static void check(
      GoldenCase golden,
      PerExampleLoss loss,
      LossInput in,
      DataType type,
      GoldenTolerance tolerance) {
    NDArray perExample;
    NDArray value;
    try (GradientCollector collector =
        in.logits().getManager().getEngine().newGradientCollector()) {
      perExample = loss.perExample(in);
      value = perExample.mean();
      collector.backward(value);
    }
    assertThat(value.getDataType()).isEqualTo(type);
    tolerance.assertClose(
        type + " value", GoldenLoss.numbers(value)[0], golden.expected().number("value"));
    tolerance.assertClose(
        type + " per_sample",
        GoldenLoss.numbers(perExample),
        golden.expected().vector("per_sample"));
  }

  private static LossInput input(
      NDArray logits, Targets targets, Optional<NDArray> features, ModelOutputs teacher) {
    return new LossInput(
        logits, targets, Optional.empty(), features, Optional.of(teacher), new SplittableRandom(0));
  }

  private static PerExampleLoss bind(LossSpec spec, NDArray logits) {
    long[] counts = new long[(int) logits.getShape().get(1)];
    Arrays.fill(counts, 1);
    return (PerExampleLoss) spec.bind(TrainStatistics.of(ClassCounts.of(counts)));
  }
}
