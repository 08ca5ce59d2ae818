package org.equipoise.experiments.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedExperimentTest {

  @TempDir private Path root;

  private ExperimentFolder folder;

  @BeforeEach
  void outline() throws IOException {
    folder = new ExperimentFolder(root);
    List<OutlinedRun> runs = new ArrayList<>();
    for (String arm : List.of("softmax", "focal")) {
      for (long seed : List.of(1L, 2L)) {
        runs.add(run(arm, seed));
      }
    }
    RecordJson.write(
        folder.outline(), new ExperimentOutline("balance", "softmax", runs, List.of()));
  }

  private static OutlinedRun run(String arm, long seed) {
    return new OutlinedRun(RunRecords.runId(arm, seed), arm, seed);
  }

  private void writeRecord(String arm, long seed) throws IOException {
    RecordJson.write(
        folder.run(run(arm, seed)).resolve(RunRecord.FILE),
        RunRecords.of(arm, seed, new TreeMap<>()));
  }

  @Test
  void should_account_for_every_run_in_the_order_of_the_plan_if_some_are_missing()
      throws IOException {
    writeRecord("focal", 2);
    writeRecord("softmax", 1);
    Files.createDirectories(folder.run(run("softmax", 2)));

    RecordedExperiment recorded = RecordedExperiment.read(folder);

    assertThat(recorded.records()).extracting(RunRecord::arm).containsExactly("softmax", "focal");
    assertThat(recorded.failures())
        .extracting(RunFailure::arm, RunFailure::seed, RunFailure::reason)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("softmax", 2L, "not finished"),
            org.assertj.core.api.Assertions.tuple("focal", 1L, "not started"));
  }

  @Test
  void should_take_a_run_for_failed_if_it_failed_when_it_was_run_again() throws IOException {
    writeRecord("softmax", 1);
    RunFailure failure =
        new RunFailure(
            RunRecords.runId("softmax", 1), "softmax", 1, "out of memory", List.of("step 7"));
    RecordJson.write(folder.run(run("softmax", 1)).resolve(RunFailure.FILE), failure);

    RecordedExperiment recorded = RecordedExperiment.read(folder);

    assertThat(recorded.records()).isEmpty();
    assertThat(recorded.failures()).first().isEqualTo(failure);
  }

  @Test
  void should_name_the_file_if_a_record_is_damaged_or_that_of_another_run() throws IOException {
    writeRecord("softmax", 1);
    writeRecord("softmax", 2);
    Path damaged = folder.run(run("softmax", 1)).resolve(RunRecord.FILE);
    Files.writeString(damaged, "{");
    Path other = folder.run(run("softmax", 2)).resolve(RunRecord.FILE);
    RecordJson.write(other, RunRecords.of("softmax", 3, new TreeMap<>()));

    RecordedExperiment recorded = RecordedExperiment.read(folder);

    assertThat(recorded.records()).isEmpty();
    assertThat(recorded.failures().get(0).reason()).startsWith(damaged.toString());
    assertThat(recorded.failures().get(1).reason()).startsWith(other.toString());
  }

  @Test
  void should_count_records_of_other_plans_if_they_lie_in_the_same_folder() throws IOException {
    writeRecord("ldam", 1);
    writeRecord("softmax", 1);
    Files.createDirectories(folder.runs().resolve("begun-s1-00"));

    RecordedExperiment recorded = RecordedExperiment.read(folder);

    assertThat(recorded.strangers()).isEqualTo(1);
    assertThat(recorded.records()).hasSize(1);
  }

  @Test
  void should_say_that_there_is_no_experiment_if_the_folder_is_another() {
    assertThatThrownBy(() -> RecordedExperiment.read(new ExperimentFolder(root.resolve("none"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none: no experiment, for it has no experiment.json");
  }

  @Test
  void should_refuse_an_outline_if_the_baseline_is_no_arm() {
    assertThatThrownBy(
            () -> new ExperimentOutline("balance", "sofmax", List.of(run("softmax", 1)), List.of()))
        .hasMessage("baseline: expected one of [softmax], got \"sofmax\"");
  }
}
