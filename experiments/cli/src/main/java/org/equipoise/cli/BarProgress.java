package org.equipoise.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line that is drawn again and again, with the time left: for terminals. */
final class BarProgress implements ProgressView {

  // The bar counts whole numbers; an epoch of a small data set still moves it several times.
  private static final int PER_EPOCH = 100;

  private final ProgressBar bar;

  /** Draws on standard error; the style has no colours. */
  BarProgress(String experiment) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(experiment)
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" epochs", PER_EPOCH)
            .setUpdateIntervalMillis(500)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  @Override
  public void update(Progress progress, String doing) {
    bar.maxHint((long) progress.epochsInAll() * PER_EPOCH);
    bar.stepTo(Math.round(progress.epochsDone() * PER_EPOCH));
    bar.setExtraMessage(" " + progress.runsOver() + "/" + progress.runs() + " runs");
  }

  @Override
  public void tell(Progress progress, String what) {
    update(progress, what);
  }

  @Override
  public void close() {
    bar.close();
  }
}
