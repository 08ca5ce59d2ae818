package org.equipoise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.equipoise.evaluation.detection.io.ReadProgress;

/** Shows how far the reading of a large file has come; says nothing of small ones. */
interface FileProgress extends ReadProgress, AutoCloseable {

  /** Bytes from which on somebody waits. */
  long LARGE = 16L << 20;

  @Override
  void close();

  /** Draws a bar on a terminal, and writes lines elsewhere. */
  static FileProgress of(Path file, Terminal terminal, PrintWriter err) {
    return terminal.err() ? new Bar(file) : new Lines(file, err, Duration.ofSeconds(10));
  }

  /** One line that is drawn again and again. */
  final class Bar implements FileProgress {

    private final Path file;
    private ProgressBar bar;

    private Bar(Path file) {
      this.file = file;
    }

    @Override
    public void read(long done, long all) {
      if (all < LARGE) {
        return;
      }
      if (bar == null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(String.valueOf(file.getFileName()))
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(all)
                .setUnit(" MB", 1_000_000)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
      }
      bar.stepTo(done);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }

  /** A line now and then. */
  final class Lines implements FileProgress {

    private final Path file;
    private final PrintWriter out;
    private final Duration interval;
    private long last = System.nanoTime();

    Lines(Path file, PrintWriter out, Duration interval) {
      this.file = file;
      this.out = out;
      this.interval = interval;
    }

    @Override
    public void read(long done, long all) {
      long now = System.nanoTime();
      if (all >= LARGE && now - last >= interval.toNanos()) {
        last = now;
        out.printf(
            Locale.ROOT,
            "%s: %,d of %,d MB read%n",
            file.getFileName(),
            done / 1_000_000,
            all / 1_000_000);
        out.flush();
      }
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
