package org.equipoise.testkit;

import java.util.concurrent.ThreadLocalRandom;
import org.equipoise.api.random.RandomStreams;

/**
 * The seed of a random test: a new one each time, or that of the system property {@code
 * equipoise.seed}. A failure names it.
 */
public final class TestSeed {

  /** Names the seed to use, to repeat a failure. */
  public static final String PROPERTY = "equipoise.seed";

  private TestSeed() {}

  /** A test that draws from streams. */
  @FunctionalInterface
  public interface RandomTest {

    /**
     * Runs the test.
     *
     * @param random where everything random comes from
     * @throws Exception if the test fails by one
     */
    void run(RandomStreams random) throws Exception;
  }

  /**
   * Runs a test.
   *
   * @param test the test
   * @throws AssertionError if it fails; the message says how to repeat it
   */
  public static void run(RandomTest test) {
    long seed =
        Long.parseLong(
            System.getProperty(PROPERTY, Long.toString(ThreadLocalRandom.current().nextLong())));
    try {
      test.run(new RandomStreams(seed));
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(
          failure.getMessage() + "\nTo repeat: -D" + PROPERTY + "=" + seed, failure);
    }
  }
}
