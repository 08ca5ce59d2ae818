package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.experiments.data.folders.PictureFolder;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.Manifest;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RecordedExperiment;
import org.equipoise.experiments.record.RunFailure;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.record.RunRecord.StageRecord;
import org.equipoise.experiments.training.LogitsFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real runs in real processes, as the executor starts them. */
@Timeout(240)
class ForkedRunTest {

  /** A second stage whose loss overflows in its first steps. */
  private static final String EXPLODING =
      "{id: exploding, method: {type: crt, epochs: 1, learningRate: 1.0e30}}";

  @TempDir private Path folder;

  @Test
  void should_leave_a_record_and_all_files_if_a_run_succeeds() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, List.of(), TinyExperiment.CRT);

    TinyExperiment.Execution execution = tiny.run(1);

    assertThat(execution.outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);
    RunFolder files = tiny.runFolder("crt", 1);
    assertThat(files.path().getParent()).isEqualTo(tiny.folder().runs());
    assertThat(files.config()).content().contains("\"type\" : \"crt\"");
    assertThat(files.log()).content().contains("epoch 2 of 2").contains("done, the record");
    assertThat(Files.readAllLines(files.metrics()))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("\"meanLoss\":"))
        .first()
        .asString()
        .startsWith("{\"stage\":\"" + tiny.planned("crt", 1).stages().get(0).stage().name());
    assertThat(LogitsFile.read(files.logits()).size()).isEqualTo(2000);
    RunRecord record = tiny.record("crt", 1);
    assertThat(record.manifest()).isEqualTo(RecordJson.read(files.manifest(), Manifest.class));
    assertThat(record.manifest().data()).isEqualTo(tiny.data().fingerprints());
    assertThat(record.manifest().code())
        .containsKeys("org.equipoise.methods.Crt", "org.equipoise.samplers.ClassBalanced");
    assertThat(record.stages()).extracting(StageRecord::epochs).containsExactly(2, 1);
    assertThat(record.metrics().get("balanced-accuracy").scalars().get("balanced-accuracy"))
        .isGreaterThan(0.1);
    assertThat(files.failure()).doesNotExist();
  }

  @Test
  void should_have_the_same_bits_if_run_twice_whatever_the_number_of_jobs() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder, List.of("seeds=[1,2]"), TinyExperiment.SOFTMAX, TinyExperiment.CRT);

    TinyExperiment alone = tiny.in("alone");
    TinyExperiment together = tiny.in("together");
    assertThat(alone.run(1).outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);
    TinyExperiment.Execution two = together.run(2);

    assertThat(two.outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);
    for (String arm : List.of("softmax", "crt")) {
      for (long seed = 1; seed <= 2; seed++) {
        assertThat(bits(together.record(arm, seed))).isEqualTo(bits(alone.record(arm, seed)));
      }
    }
    assertThat(bits(alone.record("softmax", 1))).isNotEqualTo(bits(alone.record("softmax", 2)));

    // Four runs of six stages, of which softmax and crt share two.
    List<String> started =
        two.events(RunEvent.StageStarted.class).stream().map(RunEvent.StageStarted::key).toList();
    assertThat(started).hasSize(4).doesNotHaveDuplicates();
    assertThat(two.events(RunEvent.StageReused.class)).hasSize(2);
  }

  @Test
  @Tag("slow")
  void should_have_the_same_bits_on_cached_features_whatever_the_number_of_jobs() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of("training.frozenFeatures={type: cached}"),
            TinyExperiment.SOFTMAX,
            TinyExperiment.CRT,
            "{id: lws, method: {type: lws, epochs: 1}}",
            "{id: ncm, method: {type: ncm}}");

    TinyExperiment alone = tiny.in("alone");
    TinyExperiment together = tiny.in("together");
    assertThat(alone.run(1).outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);
    TinyExperiment.Execution two = together.run(2);

    assertThat(two.outcomes()).hasOnlyElementsOfType(RunOutcome.Completed.class);
    for (String arm : List.of("softmax", "crt", "lws", "ncm")) {
      assertThat(bits(together.record(arm, 1))).isEqualTo(bits(alone.record(arm, 1)));
    }
    // Four runs of seven stages, of which four are the same one; features of one view.
    assertThat(two.events(RunEvent.StageStarted.class)).hasSize(4);
    assertThat(two.events(RunEvent.Features.class))
        .extracting(RunEvent.Features::key)
        .isNotEmpty()
        .containsOnly(two.events(RunEvent.Features.class).get(0).key());
  }

  @Test
  void should_keep_the_others_running_and_say_why_if_a_run_fails() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, List.of(), TinyExperiment.SOFTMAX, EXPLODING);

    TinyExperiment.Execution execution = tiny.run(1);

    assertThat(execution.outcomes().get(0)).isInstanceOf(RunOutcome.Completed.class);
    assertThat(execution.outcomes().get(1))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> {
              assertThat(failed.run().arm()).isEqualTo("exploding");
              assertThat(failed.failure().reason()).contains("try a lower learning rate");
              assertThat(String.join("\n", failed.failure().log()))
                  .contains("NonFiniteLossException");
            });
    RunFolder files = tiny.runFolder("exploding", 1);
    assertThat(files.record()).doesNotExist();
    assertThat(RecordJson.read(files.failure(), RunFailure.class).arm()).isEqualTo("exploding");
    RecordedExperiment recorded =
        RecordedExperiment.read(new ExperimentFolder(folder.resolve("out")));
    assertThat(recorded.records()).extracting(RunRecord::arm).containsExactly("softmax");
    assertThat(recorded.failures()).extracting(RunFailure::arm).containsExactly("exploding");
  }

  @Test
  void should_say_every_line_of_why_if_a_worker_cannot_read_its_data() throws Exception {
    PictureFolder pictures = new PictureFolder(folder.resolve("data"));
    Path bag = folder.resolve("data").resolve(pictures.write("bag", 8, 4, ".png").get(3));
    Path boot = folder.resolve("data").resolve(pictures.write("boot", 9, 4, ".png").get(3));
    String images = "images: {size: 28, mean: [0.5], std: [0.5]}";
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of("dataset={type: image-folder, heldOut: 0.01, " + images + "}"),
            TinyExperiment.SOFTMAX);
    Files.write(bag, new byte[0]);
    Files.delete(boot);
    Files.createSymbolicLink(boot, Path.of("none.png"));

    RunOutcome outcome = tiny.run(1).outcomes().get(0);

    assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
    assertThat(((RunOutcome.Failed) outcome).failure().reason())
        .contains(" has 2 problems\n")
        .contains("bag/" + bag.getFileName() + " is empty")
        .contains("boot/" + boot.getFileName() + " is a link that leads nowhere");
  }

  @Test
  void should_say_that_the_heap_was_full_if_a_worker_runs_out_of_it() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, List.of(), TinyExperiment.SOFTMAX);
    RunOptions usual = tiny.options(1);
    RunOptions tooSmall =
        new RunOptions(
            usual.out(), usual.data(), usual.plugins(), usual.jobs(), "12m", usual.decoders());

    List<RunOutcome> outcomes =
        new ExperimentExecution(tiny.mapper())
            .execute(
                tiny.plan(), tiny.data(), new ForkedRunExecutor(), tooSmall, (run, event) -> {});

    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed ->
                assertThat(failed.failure().reason())
                    .isEqualTo(
                        "the worker process ended with exit code 3: its Java heap of 12m was full;"
                            + " allow a larger one with --max-heap"));
  }

  @Test
  void should_run_only_what_does_not_hold_any_more_if_run_again() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(folder, List.of(), TinyExperiment.SOFTMAX, TinyExperiment.BALANCED);
    tiny.run(2);
    List<Object> before = bits(tiny.record("softmax", 1));

    TinyExperiment.Execution nothing = tiny.run(2);

    assertThat(nothing.outcomes()).hasOnlyElementsOfType(RunOutcome.Reused.class);
    assertThat(nothing.heard()).hasSize(2);

    // WHEN the code of a part was another when the record was made
    RunFolder files = tiny.runFolder("softmax", 1);
    String loss = "org.equipoise.losses.CrossEntropy";
    replaceInRecord(files, tiny.record("softmax", 1).manifest().code().get(loss), "0".repeat(64));
    TinyExperiment.Execution again = tiny.run(2);

    assertThat(again.outcomes().get(0)).isInstanceOf(RunOutcome.Completed.class);
    assertThat(again.outcomes().get(1)).isInstanceOf(RunOutcome.Reused.class);
    assertThat(again.events(RunEvent.Outdated.class))
        .containsExactly(new RunEvent.Outdated("code " + loss + " has changed since"));
    assertThat(files.log()).content().contains("run again: code " + loss + " has changed since");
    assertThat(again.events(RunEvent.StageStarted.class)).isEmpty();
    assertThat(bits(tiny.record("softmax", 1))).isEqualTo(before);

    // WHEN the record is that of other data
    replaceInRecord(files, tiny.data().fingerprints().get("train"), "1".repeat(64));
    assertThat(tiny.run(2).events(RunEvent.Outdated.class))
        .containsExactly(new RunEvent.Outdated("data train has changed since"));

    // WHEN the record is damaged
    Files.writeString(files.record(), "{");
    assertThat(tiny.run(2).events(RunEvent.Outdated.class)).hasSize(1);
    assertThat(bits(tiny.record("softmax", 1))).isEqualTo(before);
  }

  @Test
  void should_stop_all_runs_at_checkpoints_if_the_thread_is_interrupted() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of("training.epochs=400"),
            TinyExperiment.SOFTMAX,
            TinyExperiment.BALANCED);
    Thread caller = Thread.currentThread();

    assertThatThrownBy(
            () ->
                new ExperimentExecution(tiny.mapper())
                    .execute(
                        tiny.plan(),
                        tiny.data(),
                        new ForkedRunExecutor(),
                        tiny.options(1),
                        (run, event) -> {
                          if (event instanceof RunEvent.Epoch) {
                            caller.interrupt();
                          }
                        }))
        .isInstanceOf(InterruptedException.class);

    assertThat(tiny.runFolder("softmax", 1).log()).content().contains("stopped; run again");
    assertThat(tiny.runFolder("softmax", 1).failure()).doesNotExist();
    PlanStatus status = tiny.status();
    assertThat(status.runs().get(0).stages().get(0).stepsDone().orElseThrow()).isPositive();
    assertThat(status.runs().get(1).stages().get(0).stepsDone()).isEmpty();
    assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void should_stop_the_runs_at_checkpoints_if_the_process_is_terminated() throws Exception {
    Process study =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Study.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(study.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("an epoch is over");
      study.toHandle().destroy();
      assertThat(study.waitFor()).isEqualTo(ExitCode.TERMINATED);
    }

    TinyExperiment tiny = TinyExperiment.of(folder, Study.OVERRIDES, TinyExperiment.SOFTMAX);
    assertThat(tiny.status().runs().get(0).stages().get(0).stepsDone().orElseThrow()).isPositive();
    assertThat(tiny.runFolder("softmax", 1).log()).content().contains("stopped; run again");
  }

  /** A process that executes an experiment of many epochs. */
  static final class Study {

    static final List<String> OVERRIDES = List.of("training.epochs=1000");

    public static void main(String[] args) throws Exception {
      TinyExperiment tiny = TinyExperiment.of(Path.of(args[0]), OVERRIDES, TinyExperiment.SOFTMAX);
      new ExperimentExecution(tiny.mapper())
          .execute(
              tiny.plan(),
              tiny.data(),
              new ForkedRunExecutor(),
              tiny.options(1),
              (run, event) -> {
                if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 1) {
                  System.out.println("an epoch is over");
                }
              });
    }
  }

  private static void replaceInRecord(RunFolder files, String old, String other)
      throws IOException {
    String text = Files.readString(files.record());
    assertThat(text).contains(old);
    Files.writeString(files.record(), text.replace(old, other));
  }

  /** Returns all of a record that must not depend on when and where it was made. */
  static List<Object> bits(RunRecord record) {
    SortedMap<String, Object> stages = new TreeMap<>();
    for (StageRecord stage : record.stages()) {
      stages.put(stage.name(), List.of(stage.key(), stage.weightsSha256(), stage.finalTrainLoss()));
    }
    return List.of(record.runId(), stages, record.logitsSha256(), record.metrics());
  }
}
