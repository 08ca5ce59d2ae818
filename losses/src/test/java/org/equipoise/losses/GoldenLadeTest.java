package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The golden cases of the loss that couples a batch. */
@Tag("reference")
class GoldenLadeTest {

  @TestFactory
  Stream<DynamicNode> lade() {
    return GoldenFiles.tests(
        "loss.lade",
        golden -> {
          Lade spec =
              new Lade(
                  golden.config().number("alpha"),
                  golden.config().number("lambda"),
                  golden.config().number("countEpsilon"),
                  golden.config().number("priorEpsilon"),
                  PriorSource.TRAIN_COUNTS);
          TrainStatistics train =
              TrainStatistics.of(ClassCounts.of(golden.inputs().longs("counts")));
          if (golden.error().isPresent()) {
            assertThat(golden.error()).hasValue("ZERO_COUNT");
            golden.assertRefused(
                EmptyClassException.class, "no training example", () -> spec.bind(train));
            return;
          }
          double[][] logits = golden.inputs().matrix("logits");
          compare(golden, spec, train, DataType.FLOAT64, GoldenTolerance.doublePrecision());
          // The regulariser squares logits, so that they set the scale of the value twice.
          GoldenTolerance once = GoldenTolerance.singlePrecision(logits);
          double largest = once.absolute() / 2e-5;
          compare(
              golden,
              spec,
              train,
              DataType.FLOAT32,
              new GoldenTolerance(once.absolute() * largest, once.relative()));
        });
  }

  private static void compare(
      GoldenCase golden,
      Lade spec,
      TrainStatistics train,
      DataType type,
      GoldenTolerance tolerance) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = GoldenLoss.matrix(manager, golden.inputs().matrix("logits"), type);
      Targets targets = new Targets.ClassIds(manager.create(golden.inputs().longs("labels")));
      LossInput in = LossInput.of(logits, targets);
      Lade.Bound loss = (Lade.Bound) spec.bind(train);
      logits.setRequiresGradient(true);
      NDArray value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        value = loss.evaluate(in);
        collector.backward(value);
      }

      assertThat(value.getDataType()).isEqualTo(type);
      double got = GoldenLoss.numbers(value)[0];
      tolerance.assertClose(type + " value", got, golden.expected().number("value"));
      tolerance.assertClose(
          type + " gradient",
          GoldenLoss.numbers(logits.getGradient()),
          golden.expected().object("gradients").matrix("logits"));

      GoldenObject outputs = golden.expected().object("outputs");
      double[] crossEntropy =
          GoldenLoss.numbers(((PerExampleLoss) new BalancedSoftmax().bind(train)).perExample(in));
      double mean = Arrays.stream(crossEntropy).average().orElseThrow();
      tolerance.assertClose(
          type + " cross-entropy", crossEntropy, outputs.vector("crossEntropyPerSample"));
      tolerance.assertClose(type + " mean", mean, outputs.number("crossEntropy"));
      tolerance.assertClose(
          type + " regulariser", got - mean, spec.alpha() * outputs.number("regulariser"));
      tolerance.assertClose(
          type + " A", GoldenLoss.numbers(loss.firstTerm(in)), outputs.vector("firstTerm"));
      tolerance.assertClose(
          type + " S", GoldenLoss.numbers(loss.secondTerm(in)), outputs.vector("secondTerm"));
    }
  }
}
