package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.equipoise.cli.Progress.StageWork;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.run.RunEvent;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final AtomicLong clock = new AtomicLong();
  private final StringWriter text = new StringWriter();
  private final LineProgress lines = new LineProgress(new PrintWriter(text));

  private Progress progress(StageWork... work) {
    return new Progress(List.of(work), 3, clock::get);
  }

  private void after(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void should_count_a_stage_once_if_several_runs_share_it() {
    Progress progress = progress(new StageWork("a", 20), new StageWork("a", 20));

    assertThat(progress.epochsInAll()).isEqualTo(20);
  }

  @Test
  void should_tell_the_time_left_if_a_quarter_is_done() {
    Progress progress = progress(new StageWork("a", 15), new StageWork("b", 5));

    after(Duration.ofSeconds(30));
    progress.reached("a", 1.0 / 3);

    assertThat(progress.epochsDone()).isCloseTo(5, within(1e-12));
    assertThat(progress.left().orElseThrow())
        .isCloseTo(Duration.ofSeconds(90), Duration.ofMillis(1));
  }

  @Test
  void should_not_take_earlier_work_for_speed_if_a_stage_is_resumed() {
    // GIVEN half of the work was done by an earlier process
    Progress progress = progress(new StageWork("a", 20));
    progress.resumed("a", 0.5);
    assertThat(progress.left()).isEmpty();

    // WHEN the next quarter takes a minute
    after(Duration.ofMinutes(1));
    progress.reached("a", 0.75);

    // THEN the last one takes another
    assertThat(progress.left().orElseThrow())
        .isCloseTo(Duration.ofMinutes(1), Duration.ofMillis(1));
  }

  @Test
  void should_never_go_back_if_an_older_event_comes_late() {
    Progress progress = progress(new StageWork("a", 10));

    progress.reached("a", 0.6);
    progress.reached("a", 0.5);

    assertThat(progress.epochsDone()).isCloseTo(6, within(1e-12));
  }

  @Test
  void should_print_a_line_a_minute_if_nobody_watches() {
    Progress progress = progress(new StageWork("a", 10));

    for (int second = 1; second <= 150; second++) {
      after(Duration.ofSeconds(1));
      progress.reached("a", second / 300.0);
      lines.update(progress, "softmax, seed 1");
    }

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            """
            [0:01:00] 0 of 3 runs over, epoch 2 of 10, 0:04:00 left: softmax, seed 1
            [0:02:00] 0 of 3 runs over, epoch 4 of 10, 0:03:00 left: softmax, seed 1
            """);
  }

  @Test
  void should_print_a_line_if_a_run_is_over() {
    Progress progress = progress(new StageWork("a", 10));

    after(Duration.ofSeconds(5));
    progress.reached("a", 1);
    progress.runOver();
    lines.tell(progress, "softmax, seed 1: done");

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            "[0:00:05] 1 of 3 runs over, epoch 10 of 10: softmax, seed 1: done\n");
  }

  @Test
  void should_print_a_line_at_once_if_a_run_waits_for_another() {
    RunProgress runs = new RunProgress(progress(new StageWork("a", 10)), lines);
    OutlinedRun crt = new OutlinedRun("0123", "crt", 1);

    after(Duration.ofSeconds(5));
    runs.onEvent(crt, new RunEvent.StageWaiting("representation", "a"));
    runs.onEvent(crt, new RunEvent.FeaturesWaiting());

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            """
            [0:00:05] 0 of 3 runs over, epoch 0 of 10: crt/1 waits for another run that is training its representation
            [0:00:05] 0 of 3 runs over, epoch 0 of 10: crt/1 waits for another run that is computing its features
            """);
  }

  @Test
  void should_say_how_far_features_are_if_they_take_minutes() {
    RunProgress runs = new RunProgress(progress(new StageWork("a", 10)), lines);

    after(Duration.ofSeconds(90));
    runs.onEvent(
        new OutlinedRun("0123", "crt", 1), new RunEvent.Features("classifier", "b", 2, 25, 100));

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            "[0:01:30] 0 of 3 runs over, epoch 0 of 10: crt/1 features of view 2 25 %\n");
  }
}
