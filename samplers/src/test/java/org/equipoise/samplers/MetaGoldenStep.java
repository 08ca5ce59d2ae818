package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.SgdStep;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;

/** One golden meta step: drawn, looked ahead, and learned from. */
final class MetaGoldenStep {

  private final GoldenCase golden;
  private final GoldenObject inputs;
  private final GoldenObject outputs;
  private final GoldenTolerance tolerance;
  private final LabelIndex split;
  private final TrainStatistics statistics;
  private final NDManager manager;
  private final DataType type;

  private MetaGoldenStep(
      GoldenCase golden,
      GoldenObject outputs,
      NDManager manager,
      DataType type,
      GoldenTolerance tolerance) {
    this.golden = golden;
    this.inputs = golden.inputs();
    this.outputs = outputs;
    this.tolerance = tolerance;
    this.manager = manager;
    this.type = type;
    int classes = inputs.vector("samplerWeights").length;
    this.split = LabelIndex.of(inputs.ints("instanceLabels"), classes);
    this.statistics = TrainStatistics.of(split.counts());
  }

  static void check(GoldenCase golden) {
    GoldenObject outputs = golden.expected().object("outputs");
    try (NDManager manager = NDManager.newBaseManager()) {
      new MetaGoldenStep(
              golden, outputs, manager, DataType.FLOAT64, GoldenTolerance.doublePrecision())
          .compare();
      // Rates, noise and Adam are double always: what a network in single precision changes is the
      // gradient by the example weights.
      new MetaGoldenStep(
              golden,
              outputs,
              manager,
              DataType.FLOAT32,
              GoldenTolerance.singlePrecision(golden.inputs().matrix("metaFeatures")))
          .compareGradient();
    }
  }

  private LearnedRates rates() {
    GoldenObject adam = golden.config().object("adam");
    LearnedRates rates =
        new LearnedRates(
            "meta",
            new AdamRule(
                adam.number("lr"), adam.number("beta1"), adam.number("beta2"), adam.number("eps")),
            inputs.vector("samplerWeights"));
    double[] steps = {inputs.integer("adamStep")};
    rates.restore(
        Stream.of(
                inputs.vector("samplerWeights"),
                inputs.vector("adamM"),
                inputs.vector("adamV"),
                steps)
            .flatMapToDouble(Arrays::stream)
            .toArray());
    return rates;
  }

  private SoftDraw draw(double[] rates) {
    NoiseLevel level = NoiseLevel.valueOf(golden.config().text("level").toUpperCase(Locale.ROOT));
    double[][] gumbel = inputs.matrix("gumbel");
    return SoftDraw.of(
        new double[gumbel.length * rates.length],
        split,
        rates,
        golden.config().number("temperature"),
        level,
        gumbel.length,
        level == NoiseLevel.INSTANCE ? ofInstances(gumbel) : ofClasses(gumbel));
  }

  private Noise ofInstances(double[][] gumbel) {
    PrimitiveIterator.OfDouble left =
        Arrays.stream(gumbel)
            .flatMapToDouble(
                row ->
                    IntStream.range(0, split.classes())
                        .flatMap(
                            c -> IntStream.range(0, split.count(c)).map(r -> split.example(c, r)))
                        .mapToDouble(i -> row[i]))
            .iterator();
    return new Given(left, DoubleStream.empty().iterator());
  }

  private Noise ofClasses(double[][] gumbel) {
    return new Given(
        Arrays.stream(gumbel).flatMapToDouble(Arrays::stream).iterator(),
        Arrays.stream(inputs.vector("withinClassUniform")).iterator());
  }

  private void compare() {
    LearnedRates rates = rates();
    SoftDraw draw = draw(rates.values());
    tolerance.assertClose("rates", rates.values(), outputs.vector("rates"));
    assertThat(draw.examples()).isEqualTo(outputs.ints("drawn"));
    assertThat(draw.classes()).isEqualTo(outputs.ints("drawnClasses"));
    tolerance.assertClose("softAtDrawn", draw.softAtDrawn(), outputs.vector("softAtDrawn"));
    tolerance.assertClose("classSoft", draw.classSoft(), outputs.matrix("classSoft"));

    Batch batch = batch(draw);
    compareInnerLoss(batch);
    compareLookAhead(batch);
    MetaGradient gradient = batch.metaGradient();
    compareGradient(draw, rates, gradient);

    rates.descend(byRates(draw, rates, gradient));
    int classes = split.classes();
    double[] after = rates.state();
    tolerance.assertClose(
        "samplerWeightsAfter",
        Arrays.copyOf(after, classes),
        outputs.vector("samplerWeightsAfter"));
    tolerance.assertClose(
        "adamM", Arrays.copyOfRange(after, classes, 2 * classes), outputs.vector("adamM"));
    tolerance.assertClose(
        "adamV", Arrays.copyOfRange(after, 2 * classes, 3 * classes), outputs.vector("adamV"));
    assertThat((int) after[3 * classes]).isEqualTo(outputs.integer("adamStep"));
  }

  private void compareGradient() {
    LearnedRates rates = rates();
    SoftDraw draw = draw(rates.values());
    compareGradient(draw, rates, batch(draw).metaGradient());
  }

  private void compareGradient(SoftDraw draw, LearnedRates rates, MetaGradient gradient) {
    tolerance.assertClose("value", gradient.loss(), golden.expected().number("value"));
    GoldenObject gradients = golden.expected().object("gradients");
    tolerance.assertClose(
        "gradient of sampleWeights", gradient.byExampleWeight(), gradients.vector("sampleWeights"));
    tolerance.assertClose(
        "closedFormSampleWeights",
        gradient.byExampleWeight(),
        outputs.vector("closedFormSampleWeights"));
    double[] byRates = byRates(draw, rates, gradient);
    tolerance.assertClose(
        "gradient of samplerWeights", byRates, gradients.vector("samplerWeights"));
    tolerance.assertClose(
        "closedFormSamplerWeights", byRates, outputs.vector("closedFormSamplerWeights"));
  }

  private static double[] byRates(SoftDraw draw, LearnedRates rates, MetaGradient gradient) {
    return rates.byLogits(draw.gradientByLogRates(gradient.byExampleWeight()));
  }

  private void compareInnerLoss(Batch batch) {
    NDArray perExample = ((PerExampleLoss) batch.inner).perExample(batch.in);
    tolerance.assertClose("innerPerSample", numbers(perExample), outputs.vector("innerPerSample"));
    tolerance.assertClose(
        "innerValue", numbers(perExample.mean())[0], outputs.number("innerValue"));
    NDArray rows = batch.logitGradient();
    tolerance.assertClose(
        "innerGradientWeight",
        numbers(rows.transpose().matMul(batch.features)),
        outputs.matrix("innerGradientWeight"));
    tolerance.assertClose(
        "innerGradientBias", numbers(rows.sum(new int[] {0})), outputs.vector("innerGradientBias"));
  }

  private void compareLookAhead(Batch batch) {
    NDArray rows =
        batch.classifier.rows().after(batch.logitGradient().transpose().matMul(batch.features));
    NDArray bias =
        batch.classifier.bias().orElseThrow().after(batch.logitGradient().sum(new int[] {0}));
    tolerance.assertClose("lookAheadWeight", numbers(rows), outputs.matrix("lookAheadWeight"));
    tolerance.assertClose("lookAheadBias", numbers(bias), outputs.vector("lookAheadBias"));

    BoundLoss judge = loss(golden.config().text("metaLoss")).bind(statistics);
    LookAhead.Labelled meta = batch.meta;
    Targets targets = new Targets.ClassIds(meta.labels());
    NDArray logits = meta.features().matMul(rows.transpose()).add(bias);
    NDArray judged = ((PerExampleLoss) judge).perExample(LossInput.of(logits, targets));
    tolerance.assertClose("per_sample", numbers(judged), golden.expected().vector("per_sample"));
    MetaLoss mean = metaLoss();
    tolerance.assertClose(
        "metaGradientWeight",
        GradientCheck.autograd(
            rows, w -> mean.mean(meta.features().matMul(w.transpose()).add(bias), meta.labels())),
        outputs.matrix("metaGradientWeight"));
    tolerance.assertClose(
        "metaGradientBias",
        GradientCheck.autograd(
            bias, b -> mean.mean(meta.features().matMul(rows.transpose()).add(b), meta.labels())),
        outputs.vector("metaGradientBias"));
  }

  private MetaLoss metaLoss() {
    LossSpec spec = loss(golden.config().text("metaLoss"));
    return MetaLoss.of(
        "meta",
        spec.equals(new CrossEntropy()) ? Optional.empty() : Optional.of(spec),
        split.counts());
  }

  private static LossSpec loss(String name) {
    return switch (name) {
      case "balanced_softmax" -> new BalancedSoftmax();
      case "cross_entropy" -> new CrossEntropy();
      default -> throw new IllegalArgumentException("unknown loss " + name);
    };
  }

  private Batch batch(SoftDraw draw) {
    NDArray rows = matrix("weight");
    NDArray bias = vector("bias");
    LookAhead.Classifier classifier =
        new LookAhead.Classifier(
            step(rows, matrix("weightVelocity")), Optional.of(step(bias, vector("biasVelocity"))));
    double[][] all = inputs.matrix("instanceFeatures");
    NDArray features = matrix(Arrays.stream(draw.examples()).mapToObj(i -> all[i]));
    long[] ids = Arrays.stream(draw.classes()).asLongStream().toArray();
    NDArray logits = features.matMul(rows.transpose()).add(bias);
    return new Batch(
        classifier,
        features,
        loss(golden.config().text("innerLoss")).bind(statistics),
        LossInput.of(logits, new Targets.ClassIds(manager.create(ids))),
        new LookAhead.Labelled(matrix("metaFeatures"), manager.create(inputs.longs("metaLabels"))),
        metaLoss());
  }

  private SgdStep step(NDArray value, NDArray velocity) {
    GoldenObject config = golden.config();
    return new SgdStep(
        value,
        Optional.of(velocity),
        config.number("lr"),
        config.number("momentum"),
        config.number("weightDecay"),
        false);
  }

  private NDArray matrix(String key) {
    return matrix(Arrays.stream(inputs.matrix(key)));
  }

  private NDArray matrix(Stream<double[]> rows) {
    double[][] all = rows.toArray(double[][]::new);
    double[] flat = Arrays.stream(all).flatMapToDouble(Arrays::stream).toArray();
    return manager.create(flat, new Shape(all.length, all[0].length)).toType(type, false);
  }

  private NDArray vector(String key) {
    return manager.create(inputs.vector(key)).toType(type, false);
  }

  private static double[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  private record Batch(
      LookAhead.Classifier classifier,
      NDArray features,
      BoundLoss inner,
      LossInput in,
      LookAhead.Labelled meta,
      MetaLoss metaLoss) {

    NDArray logitGradient() {
      return Objective.of(inner, Optional.empty(), Reduction.BATCH_MEAN).logitGradient(in);
    }

    MetaGradient metaGradient() {
      NDArray byLogits = logitGradient();
      return MetaGradient.of(
          classifier,
          MetaGradient.stepGradient(classifier, byLogits, features),
          features,
          byLogits,
          meta,
          metaLoss);
    }
  }

  private record Given(Iterator<Double> gumbel, Iterator<Double> uniforms) implements Noise {

    @Override
    public double exponential() {
      return Math.exp(-gumbel.next());
    }

    @Override
    public double uniform() {
      return uniforms.next();
    }
  }
}
