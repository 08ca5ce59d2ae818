package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

  static List<RunEvent> everyKind() {
    return List.of(
        new RunEvent.Reused(),
        new RunEvent.Outdated("data train has changed since"),
        new RunEvent.Started(2),
        new RunEvent.StageWaiting("train", "0a"),
        new RunEvent.StageReused("train", "0a"),
        new RunEvent.StageStarted("train", "0a", 7, 20),
        new RunEvent.FeaturesWaiting(),
        new RunEvent.Features("train", "0a", 1, 256, 300),
        new RunEvent.Features("train", "0a", 1, 300, 300),
        new RunEvent.Step("train", "0a", 8, 20),
        new RunEvent.Epoch("train", "0a", 1, 2, 10, 0.1, 1e-5, 12345.678),
        new RunEvent.StageDone("train", "0a", 1.5),
        new RunEvent.Evaluating(),
        new RunEvent.Done(),
        new RunEvent.Stopped(),
        new RunEvent.Failed("line 1\nline \"2\""));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void should_read_what_was_written_on_one_line(RunEvent event) {
    String line = EventJson.line(event);

    assertThat(line).doesNotContain("\n");
    assertThat(EventJson.read(line)).contains(event);
  }

  @Test
  void should_have_an_example_here_of_every_kind() {
    assertThat(everyKind().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
  }

  @Test
  void should_pass_over_a_line_if_it_is_none_of_ours() {
    assertThat(EventJson.read("[W1123 LegacyTypeDispatch.h:74] Warning")).isEmpty();
    assertThat(EventJson.read("{\"event\":\"step\"")).isEmpty();
    assertThat(EventJson.read("{\"event\":\"unheard-of\"}")).isEmpty();
    assertThat(EventJson.read("")).isEmpty();
  }

  @Test
  void should_log_for_people_what_is_not_said_many_times_a_second() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    WorkerOutput output =
        new WorkerOutput(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8),
            clock);

    everyKind().forEach(output::say);

    assertThat(
            log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("2026"))
                .map(line -> line.substring(21)))
        .containsExactly(
            "started, stages: 2",
            "stage train (0a): waiting for another run that is training this shared stage",
            "stage train (0a): found in the cache, not trained again",
            "stage train (0a): going on after step 7 of 20",
            "waiting for another run that is computing features that both need",
            "stage train (0a): features of 300 images computed, view 1",
            "stage train (0a): epoch 1 of 2, loss 0.10000, learning rate 1.000e-05, 12346 images/s",
            "stage train (0a): done in 1.5 s",
            "evaluating the test split",
            "done, the record is written",
            "stopped; run again, it goes on from its last checkpoint",
            "failed: line 1");
    assertThat(log.toString(StandardCharsets.UTF_8)).startsWith("2026-01-02T03:04:05Z started");
  }
}
