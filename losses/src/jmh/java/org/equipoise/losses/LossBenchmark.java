package org.equipoise.losses;

import java.util.concurrent.TimeUnit;
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

/** Microseconds for forward and backward of a loss; {@link LossRatios} sets two side by side. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LossBenchmark {

  @Param({"cross-entropy", "balanced-softmax"})
  public String loss;

  @Param({"10", "100", "1203", "8142"})
  public int classes;

  @Param public LossPlace place;

  private LossStep step;

  @Setup
  public void bind() {
    step = new LossStep(LossStep.named(loss), classes, place);
  }

  @TearDown
  public void close() {
    step.close();
  }

  @Benchmark
  public void forwardAndBackward() {
    step.run();
  }
}
