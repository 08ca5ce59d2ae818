package org.equipoise.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A line a minute, and one for each run that is over or waits for another: for logs. */
final class LineProgress implements ProgressView {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final PrintWriter out;
  private Duration last = Duration.ZERO;

  LineProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void update(Progress progress, String doing) {
    if (progress.elapsed().minus(last).compareTo(INTERVAL) >= 0) {
      print(progress, doing);
    }
  }

  @Override
  public void tell(Progress progress, String what) {
    print(progress, what);
  }

  @Override
  public void close() {
    out.flush();
  }

  private void print(Progress progress, String what) {
    last = progress.elapsed();
    String left =
        progress.left().filter(d -> !d.isZero()).map(d -> ", " + clock(d) + " left").orElse("");
    out.printf(
        Locale.ROOT,
        "[%s] %d of %d runs over, epoch %.0f of %d%s: %s%n",
        clock(last),
        progress.runsOver(),
        progress.runs(),
        progress.epochsDone(),
        progress.epochsInAll(),
        left,
        what);
    out.flush();
  }

  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
