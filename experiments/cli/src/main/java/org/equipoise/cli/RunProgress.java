package org.equipoise.cli;

import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.run.RunEvent;
import org.equipoise.experiments.run.RunListener;

/** Turns the events of runs into what people are shown. */
final class RunProgress implements RunListener {

  private final Progress progress;
  private final ProgressView view;

  RunProgress(Progress progress, ProgressView view) {
    this.progress = progress;
    this.view = view;
  }

  @Override
  public void onEvent(OutlinedRun run, RunEvent event) {
    String label = run.arm() + "/" + run.seed();
    if (event instanceof RunEvent.StageWaiting waiting) {
      view.tell(progress, label + " waits for another run that is training its " + waiting.stage());
    } else if (event instanceof RunEvent.FeaturesWaiting) {
      view.tell(progress, label + " waits for another run that is computing its features");
    } else if (event instanceof RunEvent.Features features) {
      long percent = Math.round(100.0 * features.done() / features.examples());
      view.update(progress, label + " features of view " + features.view() + " " + percent + " %");
    } else if (event instanceof RunEvent.StageStarted started) {
      progress.resumed(started.key(), (double) started.resumedAt() / started.steps());
    } else if (event instanceof RunEvent.StageReused reused) {
      progress.reached(reused.key(), 1);
    } else if (event instanceof RunEvent.Step step) {
      double share = (double) step.step() / step.steps();
      progress.reached(step.key(), share);
      view.update(progress, label + " " + step.stage() + " " + Math.round(100 * share) + " %");
    } else if (event instanceof RunEvent.StageDone done) {
      progress.reached(done.key(), 1);
    } else if (event instanceof RunEvent.Evaluating) {
      view.update(progress, label + " is evaluated");
    } else if (event instanceof RunEvent.Done) {
      over(label + " done");
    } else if (event instanceof RunEvent.Failed) {
      over(label + " FAILED");
    }
  }

  private void over(String what) {
    progress.runOver();
    view.tell(progress, what);
  }
}
