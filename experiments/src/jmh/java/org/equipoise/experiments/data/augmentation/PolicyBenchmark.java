package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.experiments.engine.TorchEngine;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Images a second through policies that change each image of a batch on its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyBenchmark {

  private static final int BATCH = 128;
  private static final Shape SHAPE = new Shape(BATCH, 32, 32, 3);

  @Param({"auto-augment", "rand-augment"})
  public String policy;

  private final SplittableRandom random = new SplittableRandom(1);
  private AugmentationSpec spec;
  private NDManager manager;
  private float[] values;

  @Setup
  public void fill() {
    TorchEngine.start(1);
    manager = NDManager.newBaseManager();
    spec = policy.equals("auto-augment") ? new AutoAugment() : new RandAugment();
    values = new float[(int) SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long batch() {
    try (NDManager step = manager.newSubManager()) {
      NDArray images = step.create(values, SHAPE);
      return spec.apply(images, random).size();
    }
  }
}
