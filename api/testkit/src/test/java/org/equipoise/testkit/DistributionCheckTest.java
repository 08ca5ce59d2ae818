package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.testkit.DistributionCheck.Law;
import org.junit.jupiter.api.Test;

class DistributionCheckTest {

  private static final int DRAWS = 3_000;
  private static final double[] THIRDS = {1 / 3.0, 1 / 3.0, 1 / 3.0};

  @Test
  void should_pass_if_draws_follow_the_law() {
    TestSeed.run(
        random ->
            DistributionCheck.assertFollows(
                random, List.of(law((stream, draw) -> -1), law((stream, draw) -> -1))));
  }

  @Test
  void should_fail_if_one_stream_is_off() {
    assertFails((stream, draw) -> stream == 7 ? 0 : -1, "stream 7");
  }

  @Test
  void should_fail_if_all_are_a_little_off() {
    assertFails((stream, draw) -> draw % 30 == 0 ? 0 : -1, "all streams");
  }

  @Test
  void should_fail_if_draws_are_too_even() {
    assertFails((stream, draw) -> draw % 3, "being uniform");
  }

  private static void assertFails(IntBinaryOperator forced, String message) {
    // One seed: another test could by chance be the first to fail.
    assertThatThrownBy(
            () -> DistributionCheck.assertFollows(new RandomStreams(1), List.of(law(forced))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  /** Draws one of three, but for what is forced, by stream and draw: -1 for nothing. */
  private static Law law(IntBinaryOperator forced) {
    int[] streams = {0};
    return new Law("thirds", THIRDS, random -> counts(random, streams[0]++, forced));
  }

  private static long[] counts(RandomStreams random, int stream, IntBinaryOperator forced) {
    RandomGenerator generator = random.stream("draws");
    long[] counts = new long[3];
    for (int draw = 0; draw < DRAWS; draw++) {
      int outcome = forced.applyAsInt(stream, draw);
      counts[outcome >= 0 ? outcome : generator.nextInt(3)]++;
    }
    return counts;
  }
}
