package org.equipoise.samplers;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Indices that a sampler draws in a microsecond, one thread; the beginning of every epoch is
 * included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
public class DrawBenchmark {

  private static final int BATCH = 512;
  private static final int EPOCHS = 90;

  @Param({"INATURALIST", "CIFAR100_LT"})
  public LongTailedLabels split;

  @Param({
    "instance-balanced",
    "class-balanced",
    "class-balanced, 4 in a row, cycling",
    "class-aware-images",
    "power",
    "progressive",
    "effective-number",
    "target-prior",
    "repeat-factor"
  })
  public String sampler;

  private EpochSampler bound;
  private int epoch;
  private Iterator<int[]> batches;

  @Setup
  public void bind() {
    LabelIndex index = LabelIndex.of(split.draw(), split.classes);
    // Full batches, so that an invocation is always as many indices.
    OptionalInt steps = OptionalInt.of(split.images / BATCH);
    bound =
        spec().bind(new SamplingContext(index, BATCH, EPOCHS, steps, new RandomStreams(1)));
    start();
  }

  private SamplerSpec spec() {
    if (sampler.endsWith("cycling")) {
      return new ClassBalanced(4, true);
    }
    List<SamplerSpec> specs =
        List.of(
            new InstanceBalanced(),
            new ClassBalanced(),
            new ClassAwareImages(),
            new Power(),
            new Progressive(),
            new EffectiveNumber(),
            new TargetPrior(Collections.nCopies(split.classes, 1.0 / split.classes)),
            new RepeatFactor());
    return specs.stream().filter(spec -> spec.typeName().equals(sampler)).findFirst().orElseThrow();
  }

  private void start() {
    batches = bound.batches(epoch);
    epoch = (epoch + 1) % EPOCHS;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int[] draw() {
    if (!batches.hasNext()) {
      start();
    }
    return batches.next();
  }
}
