package org.equipoise.api.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The random streams of one run, by name.
 *
 * <p>A stream depends on the run's seed and its own name and on nothing else: not on the order in
 * which streams are asked for, nor on how much of another was used. So a run that resumes at epoch
 * 3 draws what an undisturbed run draws there, and no generator's state is ever stored.
 *
 * <p>A stream is a {@link SplittableRandom} seeded with the first eight bytes (big-endian) of
 * SHA-256 over the seed (eight bytes, big-endian) and the name (UTF-8).
 *
 * @param runSeed the run's seed
 */
public record RandomStreams(long runSeed) {

  /**
   * Returns a fresh generator at the start of a stream.
   *
   * @param name the stream's name, such as {@code sampler/epoch=3}
   * @return a generator for one thread
   */
  public RandomGenerator stream(String name) {
    return new SplittableRandom(seed(name));
  }

  /**
   * Returns the streams whose names all begin with a prefix: {@code within("stage/crt").stream(s)}
   * is independent of {@code stream(s)}.
   *
   * @param prefix the prefix
   * @return streams of their own
   */
  public RandomStreams within(String prefix) {
    return new RandomStreams(seed(prefix + "/*"));
  }

  /**
   * Returns the seed of a stream, for generators outside Java such as an engine's.
   *
   * @param name the stream's name
   * @return 64 bits
   */
  public long seed(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, runSeed));
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
