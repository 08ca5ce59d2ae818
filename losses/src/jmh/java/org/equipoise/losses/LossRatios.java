package org.equipoise.losses;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossSpec;

/**
 * What a loss costs relative to plain cross-entropy, measured so that other work on the machine
 * does not blur it: the two in turns of some milliseconds within one process, by the processor time
 * of the thread, and the median of the ratios of neighbouring turns.
 *
 * <p>Arguments: a regular expression that names of losses match, default all; the number of pairs
 * of turns, default 100.
 */
public final class LossRatios {

  private static final int[] CLASSES = {10, 100, 1_203, 8_142};
  private static final long TURN_NANOS = 10_000_000;
  private static final int WARM_UP_TURNS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LossRatios() {}

  public static void main(String[] args) {
    String names = args.length > 0 ? args[0] : ".*";
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    List<LossSpec> losses =
        LossStep.all().stream().filter(spec -> spec.typeName().matches(names)).toList();
    List<LossPlace> places = List.of(LossPlace.values());
    System.out.printf("| loss | classes | %s |%n", joined(places.stream().map(LossPlace::toString)));
    System.out.printf("|---|---|%s%n", "---|".repeat(places.size()));
    for (LossSpec loss : losses) {
      for (int classes : CLASSES) {
        System.out.printf(
            "| `%s` | %d | %s |%n",
            loss.typeName(),
            classes,
            joined(places.stream().map(place -> ratio(loss, classes, place, turns))));
      }
    }
  }

  private static String joined(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | "));
  }

  /** Returns the median ratio, with the quartiles. */
  private static String ratio(LossSpec loss, int classes, LossPlace place, int turns) {
    try (LossStep baseline = new LossStep(new CrossEntropy(), classes, place);
        LossStep candidate = new LossStep(loss, classes, place)) {
      int steps = stepsATurn(baseline);
      for (int i = 0; i < WARM_UP_TURNS; i++) {
        turn(baseline, steps);
        turn(candidate, steps);
      }
      double[] ratios = new double[turns];
      for (int i = 0; i < turns; i++) {
        // Who is first takes turns too, or a machine that gets slower would favour one.
        boolean baselineFirst = i % 2 == 0;
        double first = turn(baselineFirst ? baseline : candidate, steps);
        double second = turn(baselineFirst ? candidate : baseline, steps);
        ratios[i] = baselineFirst ? second / first : first / second;
      }
      Arrays.sort(ratios);
      return String.format(
          Locale.ROOT,
          "%.3f (%.3f to %.3f)",
          ratios[turns / 2],
          ratios[turns / 4],
          ratios[3 * turns / 4]);
    }
  }

  private static int stepsATurn(LossStep step) {
    turn(step, 10);
    double one = turn(step, 10) / 10;
    return (int) Math.max(1, TURN_NANOS / one);
  }

  private static double turn(LossStep step, int steps) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
