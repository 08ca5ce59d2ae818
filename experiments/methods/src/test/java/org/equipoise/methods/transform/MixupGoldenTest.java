package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossInput;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The mixture of losses, which is what mixup's targets come to. */
@Tag("reference")
class MixupGoldenTest {

  /** The item is not owned yet: its other half, Remix, is not built. */
  @TestFactory
  Stream<DynamicTest> should_mix_the_losses_as_the_golden_cases_of_mixup() {
    List<GoldenCase> cases =
        GoldenFiles.all().stream()
            .filter(file -> file.name().equals("mix.labels"))
            .flatMap(file -> file.cases().stream())
            .filter(golden -> golden.config().text("method").equals("mixup"))
            .toList();
    return cases.stream()
        .flatMap(
            golden ->
                Stream.of(DataType.FLOAT64, DataType.FLOAT32)
                    .map(
                        type ->
                            dynamicTest(golden.id() + " " + type, () -> compare(golden, type))));
  }

  private static void compare(GoldenCase golden, DataType type) {
    double[][] rows = golden.inputs().matrix("logits");
    GoldenTolerance tolerance =
        type == DataType.FLOAT64
            ? GoldenTolerance.doublePrecision()
            : GoldenTolerance.singlePrecision(rows);
    GoldenObject expected = golden.expected();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = array(manager, rows, type);
      logits.setRequiresGradient(true);
      Targets targets =
          new Targets.Mixed(
              labels(manager, golden.inputs().longs("labelsA")),
              labels(manager, golden.inputs().longs("labelsB")),
              golden.config().number("lambda"));
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        value = crossEntropy(rows[0].length).evaluate(LossInput.of(logits, targets));
        collector.backward(value);
      }

      assertThat(value.getDataType()).isEqualTo(type);
      tolerance.assertClose("value", numbers(value)[0], expected.number("value"));
      tolerance.assertClose(
          "gradient", numbers(logits.getGradient()), expected.object("gradients").matrix("logits"));
    }
  }

  private static Objective crossEntropy(int classes) {
    long[] ones = new long[classes];
    Arrays.fill(ones, 1);
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(ones));
    return Objective.of(new CrossEntropy().bind(train), Optional.empty(), Reduction.BATCH_MEAN);
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
