package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.equipoise.api.random.RandomStreams;

/**
 * Checks that draws follow the distributions that a formula gives.
 *
 * <p>For each law, {@value #STREAMS} streams are counted and tested by chi-square, each alone,
 * which finds what goes wrong with some seeds, and all together, which finds a small bias. Then the
 * p-values of all streams must be uniform themselves: those of draws that follow the law too
 * closely, as draws without replacement do, are near 1 and fail no other test.
 *
 * <p>The levels are those of Bonferroni, so that {@link #FALSE_ALARMS} is the probability that a
 * whole check fails by chance. It holds where every outcome is expected a few dozen times a stream;
 * for rarer ones the chi-square law itself is off.
 */
public final class DistributionCheck {

  /** The probability that a check of draws which are right fails. */
  public static final double FALSE_ALARMS = 1e-6;

  /** How many streams are drawn from for each law. */
  public static final int STREAMS = 20;

  private DistributionCheck() {}

  /**
   * What is drawn, and how likely it should be.
   *
   * @param name what it is, for messages
   * @param probabilities of each outcome; an outcome of probability 0 must never come
   * @param counts how often each outcome comes in independent draws from some streams; called with
   *     streams that differ each time
   */
  public record Law(String name, double[] probabilities, Function<RandomStreams, long[]> counts) {}

  /**
   * Fails unless the draws follow the laws.
   *
   * @param random where the draws come from
   * @param laws at least one, each of at least two possible outcomes
   * @throws AssertionError if a test of any of them fails at its level
   */
  public static void assertFollows(RandomStreams random, List<Law> laws) {
    double level = FALSE_ALARMS / ((STREAMS + 1) * laws.size() + 1);
    double[][] pValues =
        laws.stream().map(law -> pValues(law, random, level)).toArray(double[][]::new);
    double[] all = Arrays.stream(pValues).flatMapToDouble(DoubleStream::of).toArray();
    assertThat(KolmogorovSmirnov.uniform(all))
        .as(
            "p-value of the p-values of %d streams being uniform: %s",
            all.length, Arrays.toString(Arrays.stream(all).sorted().toArray()))
        .isGreaterThan(level);
  }

  private static double[] pValues(Law law, RandomStreams random, double level) {
    double[] pValues = new double[STREAMS];
    long[] sum = new long[law.probabilities().length];
    for (int stream = 0; stream < STREAMS; stream++) {
      long[] counts = law.counts().apply(random.within("stream/" + stream));
      Arrays.setAll(sum, c -> sum[c] + counts[c]);
      pValues[stream] = pValue(law.name() + ", stream " + stream, counts, law, level);
    }
    pValue(law.name() + ", all streams", sum, law, level);
    return pValues;
  }

  private static double pValue(String what, long[] counts, Law law, double level) {
    double pValue = ChiSquare.goodnessOfFit(counts, law.probabilities());
    assertThat(pValue)
        .as(
            "p-value of %s: counts %s for probabilities %s",
            what, Arrays.toString(counts), Arrays.toString(law.probabilities()))
        .isGreaterThan(level);
    return pValue;
  }
}
