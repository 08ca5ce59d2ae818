package org.equipoise.experiments.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What a worker process says: events as JSON to the process that started it, and as lines for
 * people to its log.
 *
 * <p>Safe for use by several threads.
 */
final class WorkerOutput {

  private final PrintStream events;
  private final PrintStream log;
  private final Clock clock;

  WorkerOutput(PrintStream events, PrintStream log, Clock clock) {
    this.events = events;
    this.log = log;
    this.clock = clock;
  }

  synchronized void say(RunEvent event) {
    events.print(EventJson.line(event) + "\n");
    events.flush();
    forPeople(event).ifPresent(this::log);
  }

  /** Writes a line to the log alone. */
  synchronized void log(String line) {
    log.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    log.flush();
  }

  private static Optional<String> forPeople(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      return Optional.of("started, stages: " + started.stages());
    } else if (event instanceof RunEvent.StageWaiting e) {
      return Optional.of(
          of(e.stage(), e.key()) + "waiting for another run that is training this shared stage");
    } else if (event instanceof RunEvent.StageReused e) {
      return Optional.of(of(e.stage(), e.key()) + "found in the cache, not trained again");
    } else if (event instanceof RunEvent.StageStarted e) {
      return Optional.of(
          of(e.stage(), e.key())
              + (e.resumedAt() > 0
                  ? "going on after step " + e.resumedAt() + " of " + e.steps()
                  : e.steps() + " steps"));
    } else if (event instanceof RunEvent.FeaturesWaiting) {
      return Optional.of("waiting for another run that is computing features that both need");
    } else if (event instanceof RunEvent.Features e && e.done() == e.examples()) {
      return Optional.of(
          of(e.stage(), e.key())
              + "features of "
              + e.examples()
              + " images computed, view "
              + e.view());
    } else if (event instanceof RunEvent.Epoch e) {
      return Optional.of(
          of(e.stage(), e.key())
              + String.format(
                  Locale.ROOT,
                  "epoch %d of %d, loss %.5f, learning rate %.4g, %.0f images/s",
                  e.epoch(),
                  e.epochs(),
                  e.meanLoss(),
                  e.learningRate(),
                  e.imagesPerSecond()));
    } else if (event instanceof RunEvent.StageDone e) {
      return Optional.of(
          of(e.stage(), e.key()) + String.format(Locale.ROOT, "done in %.1f s", e.seconds()));
    } else if (event instanceof RunEvent.Evaluating) {
      return Optional.of("evaluating the test split");
    } else if (event instanceof RunEvent.Done) {
      return Optional.of("done, the record is written");
    } else if (event instanceof RunEvent.Stopped) {
      return Optional.of("stopped; run again, it goes on from its last checkpoint");
    } else if (event instanceof RunEvent.Failed e) {
      return Optional.of("failed: " + e.reason());
    }
    return Optional.empty();
  }

  private static String of(String stage, String key) {
    return "stage " + stage + " (" + key.substring(0, Math.min(12, key.length())) + "): ";
  }
}
