package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies: real images, real processes. */
class RunCommandTest {

  @TempDir private Path folder;

  private CommandRun run(Path config, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "run";
    args[1] = config.toString();
    args[2] = "--out";
    args[3] = out().toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return CommandRun.of(args);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Map<Path, String> recordTexts() throws Exception {
    Map<Path, String> texts = new HashMap<>();
    for (Path record : TinyStudy.records(out())) {
      texts.put(record, Files.getLastModifiedTime(record) + Files.readString(record));
    }
    return texts;
  }

  @Test
  void should_report_all_arms_and_then_do_nothing_if_run_twice() throws Exception {
    Path config =
        TinyStudy.write(folder, "  - {id: balanced, method: {loss: {type: balanced-softmax}}}");

    // WHEN it runs for the first time
    CommandRun first = run(config);

    // THEN there is a record of each run, a table, a report, and a line for each run
    assertThat(first.code()).as(first.err()).isZero();
    Map<Path, String> records = recordTexts();
    assertThat(records).hasSize(2);
    assertThat(first.out())
        .containsPattern("(?m)^softmax +1 +[0-9]")
        .containsPattern("(?m)^balanced +1 +[0-9]")
        .contains("Report: " + out().resolve("report.md"))
        .doesNotContain("\u001b");
    assertThat(first.err())
        .contains("2 runs, 0 done already", "softmax/1 done", "balanced/1 done")
        .doesNotContain("\u001b");
    String report = Files.readString(out().resolve("report.md"));
    assertThat(report)
        .contains("| softmax | 1 |", "| balanced | 1 |")
        .containsPattern("\\| balanced / train \\| balanced-softmax \\| .*logitShift -")
        .doesNotContain("## Conflicts");

    // WHEN it runs again
    CommandRun second = run(config);

    // THEN nothing was run, and the result is the same
    assertThat(second.code()).isZero();
    assertThat(second.err()).contains("2 runs, 2 done already").doesNotContain("balanced/1 done");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(recordTexts()).isEqualTo(records);

    // AND the other commands know it
    CommandRun plan = CommandRun.of("plan", config.toString(), "--out", out().toString());
    assertThat(plan.out()).contains("2 runs, 2 done", "2 cached; 0 epochs to train");
    Files.delete(out().resolve("report.md"));
    CommandRun again = CommandRun.of("report", out().toString());
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(out().resolve("report.md")).hasContent(report);
  }

  @Test
  @Tag("slow")
  void should_fail_with_1_and_name_run_reason_and_log_if_a_run_fails() throws Exception {
    Path config =
        TinyStudy.write(
            folder, "  - {id: sharp, method: {loss: {type: balanced-softmax, tau: 1.0e39}}}");

    CommandRun run = run(config);

    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err())
        .contains("sharp/1 FAILED")
        .containsPattern("sharp/1 failed: .+ \\(log: .+log.txt\\)")
        .doesNotContain("\tat ");
    assertThat(run.out()).contains("1 of 2 runs are missing").containsPattern("(?m)^softmax +1 ");
    assertThat(TinyStudy.records(out())).hasSize(1);
  }

  @Test
  void should_warn_before_training_and_under_the_table_and_take_an_acceptance_without_a_run()
      throws Exception {
    String arm =
        "id: twice, method: {loss: {type: balanced-softmax}, sampler: {type: class-balanced}}}";
    CommandRun open = run(TinyStudy.write(folder, "  - {" + arm));
    Map<Path, String> records = recordTexts();

    assertThat(open.code()).as(open.err()).isZero();
    assertThat(open.err().indexOf("Warning double-prior-correction"))
        .isBetween(0, open.err().indexOf("2 runs, 0 done already"));
    assertThat(open.out())
        .contains("Warning double-prior-correction, arm \"twice\", stage \"train\": sampler");
    assertThat(Files.readString(out().resolve("report.md")))
        .contains("- **Warning double-prior-correction, arm \"twice\", stage \"train\":**");

    CommandRun accepted =
        run(TinyStudy.write(folder, "  - {accept: [double-prior-correction], " + arm));

    assertThat(accepted.err()).contains("2 runs, 2 done already").doesNotContain("Warning");
    assertThat(accepted.out()).contains("Accepted double-prior-correction").doesNotContain("Warn");
    assertThat(Files.readString(out().resolve("report.md")))
        .contains("- **Accepted double-prior-correction");
    assertThat(recordTexts()).isEqualTo(records);
  }

  @Test
  void should_refuse_a_number_of_jobs_below_one() throws Exception {
    CommandRun run = run(TinyStudy.write(folder), "--jobs", "0");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("--jobs: expected >= 1, got 0");
    assertThat(out()).doesNotExist();
  }

  @Test
  void should_refuse_what_no_worker_can_be_started_with() throws Exception {
    Path config = TinyStudy.write(folder);

    CommandRun heap = run(config, "--max-heap", "much");
    CommandRun decoders = run(config, "--decoders", "0");

    assertThat(heap.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(heap.err()).contains("--max-heap: expected a size such as 1g or 512m, got \"much\"");
    assertThat(decoders.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(decoders.err()).contains("--decoders: expected >= 1, got 0");
    assertThat(out()).doesNotExist();
  }

  @Test
  void should_hand_the_heap_to_the_worker_and_keep_the_run_if_it_changes() throws Exception {
    Path config = TinyStudy.write(folder);

    // WHEN the heap is too small for any run
    CommandRun tooSmall = run(config, "--max-heap", "12m");

    assertThat(tooSmall.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(tooSmall.err())
        .contains("its Java heap of 12m was full; allow a larger one with --max-heap");

    // WHEN there is enough of it
    CommandRun enough = run(config, "--max-heap", "600m", "--decoders", "2");
    CommandRun again = run(config, "--max-heap", "700m", "--decoders", "3");

    assertThat(enough.code()).as(enough.err()).isZero();
    assertThat(again.err()).contains("1 runs, 1 done already");
  }

  @Test
  void should_say_so_if_a_folder_holds_no_study() {
    CommandRun run = CommandRun.of("report", folder.toString());

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains(folder.toString(), "experiment.json");
  }
}
