package org.equipoise.samplers;

import java.util.Iterator;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What happens before the first step on a train split as large as iNaturalist 2018's: statistics,
 * index, sampler, and the batches of an epoch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BindBenchmark {

  private static final int CLASSES = LongTailedLabels.INATURALIST.classes;
  private static final int BATCH = 512;

  @Param({"instance-balanced", "class-balanced"})
  public String sampler;

  private int[] labels;
  private LabelIndex index;
  private SamplerSpec spec;

  @Setup
  public void draw() {
    labels = LongTailedLabels.INATURALIST.draw();
    index = LabelIndex.of(labels, CLASSES);
    spec = sampler.equals("class-balanced") ? new ClassBalanced() : new InstanceBalanced();
  }

  @Benchmark
  public TrainStatistics statistics() {
    return TrainStatistics.of(ClassCounts.ofLabels(labels, CLASSES));
  }

  @Benchmark
  public LabelIndex index() {
    return LabelIndex.of(labels, CLASSES);
  }

  @Benchmark
  public void epoch(Blackhole hole) {
    draw(index, hole);
  }

  @Benchmark
  public void all(Blackhole hole) {
    hole.consume(statistics());
    draw(index(), hole);
  }

  private void draw(LabelIndex of, Blackhole hole) {
    SamplingContext context =
        new SamplingContext(of, BATCH, 1, OptionalInt.empty(), new RandomStreams(1));
    for (Iterator<int[]> batches = spec.bind(context).batches(0); batches.hasNext(); ) {
      hole.consume(batches.next());
    }
  }
}
