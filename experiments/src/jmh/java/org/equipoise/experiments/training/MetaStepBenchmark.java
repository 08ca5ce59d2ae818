package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.Identity;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of a linear head on fixed features, from the draw to the changed weights: 64 numbers an
 * example, 100 classes, batches of 512, as many examples as CIFAR-100-LT with imbalance factor 100
 * has. What the Meta Sampler adds is the difference to {@code instance-balanced}. The collector is
 * that of a study's worker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
public class MetaStepBenchmark {

  private static final int CLASSES = 100;
  private static final int WIDTH = 64;
  private static final int BATCH = 512;
  private static final int EPOCHS = 1_000_000;

  @Param({"instance-balanced", "meta-class", "meta-instance"})
  public String sampler;

  private NDManager manager;
  private StageStep stepper;
  private EpochSampler drawn;
  private Iterator<int[]> batches;
  private long step;

  /** Stages random features of a long tail. */
  @Setup
  public void prepare() {
    TorchEngine.start(1);
    long[] counts = new long[CLASSES];
    Arrays.setAll(counts, c -> (long) (500 * Math.pow(0.01, c / (CLASSES - 1.0))));
    int[] labels =
        IntStream.range(0, CLASSES)
            .flatMap(c -> IntStream.range(0, (int) counts[c]).map(i -> c))
            .toArray();
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[labels.length * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    FeatureExamples train = new FeatureExamples(values, WIDTH, labels);
    StageTask task = task(train, ClassCounts.of(counts));
    RandomStreams streams = new RandomStreams(1);
    manager = NDManager.newBaseManager();
    Network network =
        Network.create(manager, task.backbone(), task.head(), train.inputShape(), CLASSES, streams);
    network.train(task.trains());
    Objective objective =
        Objective.of(
            task.stage().loss().bind(task.statistics()),
            Optional.empty(),
            task.stage().reduction());
    BoundOptimizer optimizer = task.optimizer().start();
    drawn =
        task.stage()
            .sampler()
            .bind(
                new SamplingContext(
                    LabelIndex.of(labels, CLASSES), BATCH, EPOCHS, OptionalInt.of(100), streams));
    StagedExamples staged = StagedExamples.of(train, manager);
    stepper = new StageStep(task, network, staged, Optional.empty(), drawn, List.of(), objective, optimizer);
    batches = drawn.batches(0);
  }

  private StageTask task(FeatureExamples train, ClassCounts counts) {
    return new StageTask(
        StageSpec.of("classifier", new BalancedSoftmax(), spec()),
        new ModelConfig(new Identity(), new Linear()),
        new TrainingConfig(
            EPOCHS,
            BATCH,
            new Sgd(0.1, 0.9, 5e-4, false, true),
            new Constant(),
            List.of(),
            OptionalDouble.empty(),
            Optional.empty()),
        new LabelledData(
            train,
            train,
            IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
            counts,
            new TreeMap<>()),
        TrainStatistics.of(counts),
        1,
        Optional.empty(),
        Path.of("none"));
  }

  private SamplerSpec spec() {
    return switch (sampler) {
      case "meta-class" -> meta(NoiseLevel.CLASS);
      case "meta-instance" -> meta(NoiseLevel.INSTANCE);
      default -> new InstanceBalanced();
    };
  }

  private static Meta meta(NoiseLevel level) {
    return new Meta(level, 0, 1, 0.01, OptionalInt.empty(), Optional.empty());
  }

  @Benchmark
  public double step() {
    if (!batches.hasNext()) {
      batches = drawn.batches(Math.toIntExact(step / 100));
    }
    return stepper.run(manager, step++, batches.next(), 0.1);
  }

  @TearDown
  public void free() {
    stepper.optimizer().close();
    manager.close();
  }
}
