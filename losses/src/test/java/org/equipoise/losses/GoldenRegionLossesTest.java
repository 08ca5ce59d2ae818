package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The golden files of losses that draw masks, keep state, or have a detector's background. */
@Tag("reference")
class GoldenRegionLossesTest {

  private static final double[] NO_WEIGHTS = {};
  // With frequencies of 53 bits, n = f * 2^62 is exact or as near as makes no difference.
  private static final long MANY_EXAMPLES = 1L << 62;

  @TestFactory
  Stream<DynamicNode> seql() {
    return GoldenFiles.tests(
        "loss.seql",
        golden -> {
          Seql spec = new Seql(golden.config().number("lambda"), golden.config().number("gamma"));
          ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
          PerExampleLoss loss = (PerExampleLoss) spec.bind(TrainStatistics.of(counts));
          GoldenLoss.check(
              golden,
              new GoldenLoss.Setup(
                  new Replaying(loss, golden.inputs().matrix("mask")),
                  Reduction.BATCH_MEAN,
                  NO_WEIGHTS,
                  Targets.ClassIds::new));
        });
  }

  @TestFactory
  Stream<DynamicNode> eql_v1() {
    return GoldenFiles.tests(
        "loss.eql_v1",
        golden -> {
          double[][] mask = golden.inputs().matrix("mask");
          // Any gamma but 0 and 1 leaves all to the coins.
          checkEqlV1(golden, 0.5, mask);
          if (Arrays.stream(mask).flatMapToDouble(Arrays::stream).allMatch(m -> m == 1)) {
            checkEqlV1(golden, 1, mask);
          }
        });
  }

  private static void checkEqlV1(GoldenCase golden, double gamma, double[][] mask) {
    EqlV1 spec = new EqlV1(golden.config().number("lambda"), gamma, CountKind.IMAGE);
    ClassCounts images =
        ClassCounts.of(
            Arrays.stream(golden.inputs().vector("frequencies"))
                .mapToLong(f -> Math.round(f * MANY_EXAMPLES))
                .toArray());
    EqlV1.Bound loss =
        (EqlV1.Bound) spec.bind(new TrainStatistics(images, Optional.of(images), MANY_EXAMPLES));
    Function<NDArray, Targets> regions = ids -> new Targets.Regions(ids, images.classes());
    GoldenLoss.check(
        golden,
        new GoldenLoss.Setup(new Replaying(loss, mask), Reduction.BATCH_MEAN, NO_WEIGHTS, regions));
    try (NDManager manager = NDManager.newBaseManager()) {
      LossInput in = input(manager, golden.inputs(), "logits", DataType.FLOAT64, regions);
      NDArray weights = loss.weights(ReplayedMask.with(in, mask), Labels.indicator("eql-v1", in));
      GoldenTolerance.doublePrecision()
          .assertClose(
              "weights",
              weights.toDoubleArray(),
              golden.expected().object("outputs").matrix("weights"));
    }
  }

  @TestFactory
  Stream<DynamicNode> eqlv2() {
    return GoldenFiles.tests(
        "loss.eqlv2",
        golden -> {
          Eqlv2 spec =
              new Eqlv2(
                  golden.config().number("gamma"),
                  golden.config().number("mu"),
                  golden.config().number("alpha"));
          Eqlv2.Bound loss = (Eqlv2.Bound) spec.bind(ofClasses(golden));
          List<GoldenObject> steps = golden.inputs().objects("steps");
          List<GoldenObject> expected = golden.expected().objects("steps");
          for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
            Eqlv2.Gradients state = loss.initial();
            for (int s = 0; s < steps.size(); s++) {
              state = step(loss, state, steps.get(s), expected.get(s), type);
            }
          }
          checkSum(golden, expected);
        });
  }

  private static void checkSum(GoldenCase golden, List<GoldenObject> steps) {
    double sum = steps.stream().mapToDouble(step -> step.number("value")).sum();
    GoldenTolerance.doublePrecision().assertClose("value", sum, golden.expected().number("value"));
  }

  private static Eqlv2.Gradients step(
      Eqlv2.Bound loss,
      Eqlv2.Gradients state,
      GoldenObject inputs,
      GoldenObject expected,
      DataType type) {
    GoldenTolerance tolerance = tolerance(type, inputs.matrix("logits"));
    try (NDManager manager = NDManager.newBaseManager()) {
      LossInput in =
          input(manager, inputs, "logits", type, ids -> new Targets.Regions(ids, loss.classes()));
      in.logits().setRequiresGradient(true);
      NDArray value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        value = loss.evaluate(state, in);
        collector.backward(value);
      }
      tolerance.assertClose("value", GoldenLoss.numbers(value)[0], expected.number("value"));
      tolerance.assertClose(
          "per_sample", GoldenLoss.numbers(loss.perRow(state, in)), expected.vector("per_sample"));
      tolerance.assertClose(
          "gradient",
          GoldenLoss.numbers(in.logits().getGradient()),
          expected.object("gradients").matrix("logits"));
      GoldenObject outputs = expected.object("outputs");
      tolerance.assertClose(
          "positiveWeights",
          loss.positiveWeights(state).toArray(),
          outputs.vector("positiveWeights"));
      tolerance.assertClose(
          "negativeWeights",
          loss.negativeWeights(state).toArray(),
          outputs.vector("negativeWeights"));
      NDArray scores = Activation.sigmoid(in.logits().stopGradient());
      NDArray object = scores.get(":, -1:").neg().add(1);
      tolerance.assertClose(
          "scores", GoldenLoss.numbers(scores.get(":, :-1").mul(object)), outputs.matrix("scores"));
      Eqlv2.Gradients next = loss.decode(loss.encode(loss.advance(state, in)));
      GoldenObject after = expected.object("state");
      tolerance.assertClose("positive", next.positive(), after.vector("positive"));
      tolerance.assertClose("negative", next.negative(), after.vector("negative"));
      tolerance.assertClose("ratio", next.ratio(), after.vector("ratio"));
      return next;
    }
  }

  @TestFactory
  Stream<DynamicNode> seesaw() {
    return GoldenFiles.tests(
        "loss.seesaw",
        golden -> {
          boolean averaged =
              switch (golden.config().text("classReduction")) {
                case "avgFactor" -> true;
                case "meanOfForeground" -> false;
                default -> throw new IllegalArgumentException("unknown class reduction");
              };
          List<GoldenObject> steps = golden.inputs().objects("steps");
          List<GoldenObject> expected = golden.expected().objects("steps");
          for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
            double[] state = golden.inputs().vector("initialCounts");
            for (int s = 0; s < steps.size(); s++) {
              // The factor may differ from step to step; the state does not depend on it.
              Seesaw spec =
                  new Seesaw(
                      golden.config().number("p"),
                      golden.config().number("q"),
                      golden.config().number("eps"),
                      averaged
                          ? OptionalDouble.of(steps.get(s).number("avgFactor"))
                          : OptionalDouble.empty());
              Seesaw.Bound loss = (Seesaw.Bound) spec.bind(ofClasses(golden));
              state =
                  loss.encode(step(loss, loss.decode(state), steps.get(s), expected.get(s), type));
            }
          }
          checkSum(golden, expected);
        });
  }

  private static Seesaw.Seen step(
      Seesaw.Bound loss,
      Seesaw.Seen state,
      GoldenObject inputs,
      GoldenObject expected,
      DataType type) {
    GoldenTolerance tolerance = tolerance(type, inputs.matrix("classLogits"));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray objectness = GoldenLoss.matrix(manager, inputs.matrix("objectnessLogits"), type);
      LossInput plain =
          input(
              manager,
              inputs,
              "classLogits",
              type,
              ids -> new Targets.Regions(ids, loss.classes()));
      LossInput in =
          new LossInput(
              plain.logits(),
              plain.targets(),
              Optional.of(objectness),
              Optional.empty(),
              Optional.empty(),
              new SplittableRandom(0));
      in.logits().setRequiresGradient(true);
      objectness.setRequiresGradient(true);
      NDArray value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        value = loss.evaluate(state, in);
        collector.backward(value);
      }
      assertThat(value.getDataType()).isEqualTo(type);
      tolerance.assertClose("value", GoldenLoss.numbers(value)[0], expected.number("value"));
      GoldenObject gradients = expected.object("gradients");
      tolerance.assertClose(
          "gradient",
          GoldenLoss.numbers(in.logits().getGradient()),
          gradients.matrix("classLogits"));
      tolerance.assertClose(
          "gradient of objectness",
          GoldenLoss.numbers(objectness.getGradient()),
          gradients.matrix("objectnessLogits"));
      outputs(loss, state, in, expected.object("outputs"), tolerance);
      Seesaw.Seen next = loss.advance(state, in);
      assertThat(next.counts()).isEqualTo(expected.object("state").vector("counts"));
      return next;
    }
  }

  private static void outputs(
      Seesaw.Bound loss,
      Seesaw.Seen state,
      LossInput in,
      GoldenObject outputs,
      GoldenTolerance tolerance) {
    tolerance.assertClose(
        "classValue",
        GoldenLoss.numbers(loss.classValue(state, in))[0],
        outputs.number("classValue"));
    tolerance.assertClose(
        "objectnessValue",
        GoldenLoss.numbers(loss.objectnessValue(in))[0],
        outputs.number("objectnessValue"));
    tolerance.assertClose(
        "objectnessPerSample",
        GoldenLoss.numbers(loss.objectnessPerRow(in)),
        outputs.vector("objectnessPerSample"));
    long[] ids = ((Targets.Regions) in.targets()).ids().toLongArray();
    double[] perRow = GoldenLoss.numbers(loss.perRow(state, in));
    tolerance.assertClose(
        "classPerForegroundSample",
        objects(ids, loss.classes(), perRow, 1),
        outputs.vector("classPerForegroundSample"));
    if (outputs.has("logWeights")) {
      NDArray target = loss.indicator(in);
      double[] factors = GoldenLoss.numbers(loss.logFactors(state, in, target));
      tolerance.assertClose(
          "logWeights",
          objects(ids, loss.classes(), factors, loss.classes()),
          outputs.matrix("logWeights"));
      NDArray foreground = in.objectness().orElseThrow().softmax(1).get(":, :1");
      tolerance.assertClose(
          "scores",
          GoldenLoss.numbers(in.logits().softmax(1).mul(foreground)),
          outputs.matrix("scores"));
    }
  }

  /** Keeps the rows of objects. */
  private static double[] objects(long[] ids, int background, double[] values, int width) {
    double[] kept = new double[values.length];
    int size = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != background) {
        System.arraycopy(values, i * width, kept, size, width);
        size += width;
      }
    }
    return Arrays.copyOf(kept, size);
  }

  private static LossInput input(
      NDManager manager,
      GoldenObject inputs,
      String logits,
      DataType type,
      Function<NDArray, Targets> targets) {
    return LossInput.of(
        GoldenLoss.matrix(manager, inputs.matrix(logits), type),
        targets.apply(manager.create(inputs.longs("labels"))));
  }

  private static GoldenTolerance tolerance(DataType type, double[][] logits) {
    return type == DataType.FLOAT64
        ? GoldenTolerance.doublePrecision()
        : GoldenTolerance.singlePrecision(logits);
  }

  private static TrainStatistics ofClasses(GoldenCase golden) {
    long[] counts = new long[golden.inputs().integer("classes")];
    Arrays.fill(counts, 1);
    return TrainStatistics.of(ClassCounts.of(counts));
  }

  /** A loss whose random mask is given. */
  private record Replaying(PerExampleLoss loss, double[][] mask) implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      return loss.perExample(ReplayedMask.with(in, mask));
    }

    @Override
    public Explanation explain(int classId) {
      return loss.explain(classId);
    }
  }
}
