package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {

  @TempDir private Path folder;

  private RunOptions options() {
    return new RunOptions(
        folder.resolve("out"),
        folder.resolve("data"),
        Optional.of(folder.resolve("p")),
        1,
        "512m",
        OptionalInt.of(3));
  }

  @Test
  void should_start_this_java_with_this_class_path_and_a_small_heap() {
    ProcessBuilder command =
        WorkerCommand.of(folder.resolve("config.json"), options(), 1, folder.resolve("log.txt"));

    assertThat(command.command().get(0)).startsWith(System.getProperty("java.home"));
    assertThat(command.command())
        .contains("-Xmx512m", "-Dequipoise.decoders=3", System.getProperty("java.class.path"));
    assertThat(command.command())
        .endsWith(
            RunWorker.class.getName(),
            folder.resolve("config.json").toString(),
            folder.resolve("out").toString(),
            folder.resolve("data").toString(),
            folder.resolve("p").toString());
    assertThat(command.environment())
        .containsEntry("DJL_OFFLINE", "true")
        .containsEntry("OPT_OUT_TRACKING", "true")
        .containsEntry("OMP_WAIT_POLICY", "PASSIVE")
        .containsEntry("MALLOC_ARENA_MAX", "1");
  }

  @Test
  void should_refuse_options_that_no_process_can_be_started_with() {
    RunOptions right = options();

    assertThatThrownBy(() -> RunOptions.of(right.out(), right.data(), right.plugins(), 0))
        .hasMessage("jobs: expected >= 1, got 0");
    assertThatThrownBy(
            () ->
                new RunOptions(
                    right.out(), right.data(), right.plugins(), 1, "much", right.decoders()))
        .hasMessageContaining("maxHeap: expected a size such as 1g or 512m, got \"much\"");
    assertThatThrownBy(
            () ->
                new RunOptions(
                    right.out(), right.data(), right.plugins(), 1, "1g", OptionalInt.of(0)))
        .hasMessage("decoders: expected >= 1, got 0");
  }

  @Test
  void should_leave_the_number_of_decoders_to_the_worker_if_nobody_says_one() {
    RunOptions usual = RunOptions.of(folder, folder, Optional.empty(), 1);

    ProcessBuilder command = WorkerCommand.of(folder, usual, 1, folder.resolve("log.txt"));

    assertThat(command.command())
        .contains("-Xmx1g")
        .noneMatch(word -> word.startsWith("-Dequipoise.decoders"));
  }

  @Test
  void should_let_threads_wait_awake_only_where_each_has_a_processor() {
    int processors = Runtime.getRuntime().availableProcessors();

    // Whoever sets it for the tests has the last word here, too.
    Optional<String> set = Optional.ofNullable(System.getenv("GOMP_SPINCOUNT"));
    assertThat(spins(1, processors)).isEqualTo(set.orElse("300000"));
    assertThat(spins(2, processors)).isEqualTo(set.orElse("10000"));
  }

  private String spins(int jobs, int threads) {
    RunOptions options = RunOptions.of(folder, folder, Optional.empty(), jobs);
    return WorkerCommand.of(folder, options, threads, folder.resolve("log.txt"))
        .environment()
        .get("GOMP_SPINCOUNT");
  }

  @Test
  void should_quote_the_last_twenty_lines_of_this_attempt_if_asked_for_the_end_of_a_log()
      throws Exception {
    Path log = folder.resolve("log.txt");
    String earlier = "earlier attempt\n";
    Files.writeString(log, earlier + "new 1\nnew 2\n");

    assertThat(LogTail.of(log, earlier.length())).containsExactly("new 1", "new 2");

    Files.writeString(log, "line\n".repeat(100_000) + "last");
    assertThat(LogTail.of(log, 0)).hasSize(20).endsWith("line", "last");
    assertThat(LogTail.of(folder.resolve("none"), 0)).isEqualTo(List.of());
  }
}
