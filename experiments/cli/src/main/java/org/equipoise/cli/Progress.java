package org.equipoise.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far an experiment has come, counted in epochs: runs differ too much in length to be counted
 * as equals, and a stage that several share is trained once.
 *
 * <p>Not safe for use by several threads.
 */
final class Progress {

  private final Map<String, Integer> epochs = new HashMap<>();
  private final Map<String, Double> shares = new HashMap<>();
  private final LongSupplier nanoTime;
  private final int runs;
  private final long started;
  private double before;
  private int runsOver;

  /**
   * Starts at what is there already.
   *
   * @param work the stages to train; each key counts once
   * @param runs how many runs there are to do
   * @param nanoTime the time, in nanoseconds since whenever
   */
  Progress(Collection<StageWork> work, int runs, LongSupplier nanoTime) {
    work.forEach(stage -> epochs.put(stage.key(), stage.epochs()));
    this.runs = runs;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /** Takes note of where a stage goes on from an earlier process: that took no time now. */
  void resumed(String key, double share) {
    double old = epochsDone();
    reached(key, share);
    before += epochsDone() - old;
  }

  /** Takes note of how much of a stage is trained, in [0, 1]. */
  void reached(String key, double share) {
    shares.merge(key, share, Math::max);
  }

  void runOver() {
    runsOver++;
  }

  int runs() {
    return runs;
  }

  int runsOver() {
    return runsOver;
  }

  double epochsDone() {
    return epochs.entrySet().stream()
        .mapToDouble(stage -> stage.getValue() * shares.getOrDefault(stage.getKey(), 0.0))
        .sum();
  }

  int epochsInAll() {
    return epochs.values().stream().mapToInt(Integer::intValue).sum();
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - started);
  }

  /** Returns the time left if the rest goes as fast as what was done so far. */
  Optional<Duration> left() {
    double done = epochsDone() - before;
    if (!(done > 0)) {
      return Optional.empty();
    }
    double rest = epochsInAll() - epochsDone();
    return Optional.of(Duration.ofNanos((long) (elapsed().toNanos() / done * rest)));
  }

  /**
   * A stage that is to be trained.
   *
   * @param key the stage's key, by which it is shared
   * @param epochs its length
   */
  record StageWork(String key, int epochs) {}
}
