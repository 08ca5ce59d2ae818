package org.equipoise.experiments.training;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * What the Meta Sampler adds to the step of {@link MetaStepBenchmark}, as a multiple of the plain
 * step, measured so that a machine which speeds up and slows down does not blur it: the two in
 * turns within one process, by the processor time of the thread, and the median of the ratios of
 * neighbouring turns.
 *
 * <p>Arguments: the sampler, default {@code meta-class}; the number of pairs of turns, default 150.
 */
public final class MetaStepRatios {

  private static final int WARM_UP_TURNS = 60;
  private static final int STEPS = 60;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private MetaStepRatios() {}

  public static void main(String[] args) {
    String sampler = args.length > 0 ? args[0] : "meta-class";
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 150;
    MetaStepBenchmark plain = prepared("instance-balanced");
    MetaStepBenchmark learned = prepared(sampler);
    for (int i = 0; i < WARM_UP_TURNS; i++) {
      turn(plain);
      turn(learned);
    }
    double[] base = new double[turns];
    double[] added = new double[turns];
    for (int i = 0; i < turns; i++) {
      // Who is first takes turns too, or a machine that gets slower would favour one.
      boolean plainFirst = i % 2 == 0;
      double first = turn(plainFirst ? plain : learned);
      double second = turn(plainFirst ? learned : plain);
      base[i] = plainFirst ? first : second;
      added[i] = (plainFirst ? second : first) / base[i] - 1;
    }
    Arrays.sort(base);
    Arrays.sort(added);
    System.out.printf(
        "%s adds %.2f (%.2f to %.2f) times the plain step of %.0f us%n",
        sampler, added[turns / 2], added[turns / 4], added[3 * turns / 4], base[turns / 2]);
    plain.free();
    learned.free();
  }

  private static MetaStepBenchmark prepared(String sampler) {
    MetaStepBenchmark benchmark = new MetaStepBenchmark();
    benchmark.sampler = sampler;
    benchmark.prepare();
    return benchmark;
  }

  /** Returns microseconds a step. */
  private static double turn(MetaStepBenchmark benchmark) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < STEPS; i++) {
      benchmark.step();
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / STEPS;
  }
}
