package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.equipoise.experiments.record.RunRecord.StageRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that are killed, stopped, doubled and orphaned. */
@Timeout(300)
class RunWorkerTest {

  /** Long enough that there is a middle: about two seconds of training. */
  private static final List<String> LONGER = List.of("training.epochs=12", "training.batchSize=16");

  private static final String CRT_OF_TWO_EPOCHS = "{id: crt, method: {type: crt, epochs: 2}}";

  @TempDir private Path folder;

  /** Says of which worker it is the parent, and then waits until it is killed. */
  static final class Parent {
    public static void main(String[] command) throws Exception {
      Process worker =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
      System.err.println(worker.pid());
      worker.waitFor();
    }
  }

  @Test
  void should_end_with_the_same_bits_if_killed_at_several_points_and_run_again() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, LONGER, TinyExperiment.CRT);
    TinyExperiment undisturbed = tiny.in("undisturbed");
    finish(undisturbed.startWorker("crt", 1));

    TinyExperiment killed = tiny.in("killed");
    killOn(killed.startWorker("crt", 1), RunEvent.Started.class, 1);
    killOn(killed.startWorker("crt", 1), RunEvent.Step.class, 1);
    killOn(killed.startWorker("crt", 1), RunEvent.Epoch.class, 1);
    killOn(killed.startWorker("crt", 1), RunEvent.Epoch.class, 2);
    assertThat(killed.runFolder("crt", 1).record()).doesNotExist();
    List<RunEvent> last = finish(killed.startWorker("crt", 1));
    Optional<RunEvent.StageStarted> resumed =
        last.stream()
            .filter(RunEvent.StageStarted.class::isInstance)
            .map(RunEvent.StageStarted.class::cast)
            .findFirst();

    assertThat(ForkedRunTest.bits(killed.record("crt", 1)))
        .isEqualTo(ForkedRunTest.bits(undisturbed.record("crt", 1)));
    assertThat(resumed.orElseThrow().resumedAt()).isPositive();
    assertThat(withoutSpeed(killed, "crt")).isEqualTo(withoutSpeed(undisturbed, "crt"));
  }

  // Two epochs into its second stage, after twelve of the first.
  @Test
  @Tag("slow")
  void should_end_with_the_same_bits_if_killed_while_it_learns_what_to_draw() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, LONGER, TinyExperiment.BALMS);
    TinyExperiment undisturbed = tiny.in("undisturbed");
    finish(undisturbed.startWorker("balms", 1));

    TinyExperiment killed = tiny.in("killed");
    killOn(killed.startWorker("balms", 1), RunEvent.Epoch.class, 14);
    assertThat(killed.runFolder("balms", 1).record()).doesNotExist();
    finish(killed.startWorker("balms", 1));

    assertThat(ForkedRunTest.bits(killed.record("balms", 1)))
        .isEqualTo(ForkedRunTest.bits(undisturbed.record("balms", 1)));
    assertThat(withoutSpeed(killed, "balms")).isEqualTo(withoutSpeed(undisturbed, "balms"));
    Map<String, Double> shares =
        killed.record("balms", 1).metrics().get("learned-shares").scalars();
    assertThat(shares).isNotEmpty();
    for (String group : List.of("many", "medium", "few")) {
      assertThat(shares.containsKey("classifier." + group + ".last"))
          .isEqualTo(shares.containsKey("classifier." + group + ".first"));
    }
    assertThat(shares.get("classifier.few.last")).isNotEqualTo(shares.get("classifier.few.first"));
  }

  @Test
  @Tag("slow")
  @Timeout(900)
  void should_end_with_the_same_bits_if_killed_at_random_moments() throws Exception {
    long seed = Long.getLong("equipoise.test.seed", System.nanoTime());
    System.out.println("equipoise.test.seed=" + seed);
    Random random = new Random(seed);
    TinyExperiment tiny = TinyExperiment.of(folder, LONGER, TinyExperiment.CRT);
    TinyExperiment undisturbed = tiny.in("undisturbed");
    long begin = System.nanoTime();
    finish(undisturbed.startWorker("crt", 1));
    long whole = System.nanoTime() - begin;

    for (int round = 0; round < 4; round++) {
      TinyExperiment killed = tiny.in("killed-" + round);
      Process worker = killed.startWorker("crt", 1);
      for (int kills = 0;
          kills < 6
              && !worker.waitFor(
                  (long) (whole * (0.4 + 0.6 * random.nextDouble())), TimeUnit.NANOSECONDS);
          kills++) {
        worker.destroyForcibly().waitFor();
        worker = killed.startWorker("crt", 1);
      }
      finish(worker);
      assertThat(ForkedRunTest.bits(killed.record("crt", 1)))
          .as("round %d, equipoise.test.seed=%d", round, seed)
          .isEqualTo(ForkedRunTest.bits(undisturbed.record("crt", 1)));
    }
  }

  @Test
  void should_write_a_checkpoint_and_end_with_130_if_terminated() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(folder, List.of("training.epochs=1000"), TinyExperiment.SOFTMAX);
    Process worker = tiny.startWorker("softmax", 1);
    List<RunEvent> heard = new ArrayList<>();
    try (BufferedReader out = eventsOf(worker)) {
      readUntil(RunEvent.Step.class, out, heard);
      worker.toHandle().destroy();
      readAll(out, heard);
    }

    assertThat(worker.waitFor()).isEqualTo(ExitCode.STOPPED);
    assertThat(heard.get(heard.size() - 1)).isEqualTo(new RunEvent.Stopped());
    assertThat(tiny.runFolder("softmax", 1).record()).doesNotExist();
    long reached =
        heard.stream()
            .filter(RunEvent.Step.class::isInstance)
            .mapToLong(event -> ((RunEvent.Step) event).step())
            .max()
            .orElseThrow();
    assertThat(tiny.status().runs().get(0).stages().get(0).stepsDone().orElseThrow())
        .isGreaterThanOrEqualTo(reached);
  }

  @Test
  void should_stop_at_a_checkpoint_if_its_parent_is_killed() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(folder, List.of("training.epochs=1000"), TinyExperiment.SOFTMAX);
    ProcessBuilder command = tiny.workerCommand("softmax", 1);
    List<String> nested = new ArrayList<>(command.command().subList(0, 1));
    nested.addAll(List.of("-cp", System.getProperty("java.class.path"), Parent.class.getName()));
    nested.addAll(command.command());
    ProcessBuilder parentCommand =
        new ProcessBuilder(nested).redirectError(ProcessBuilder.Redirect.PIPE);
    parentCommand.environment().putAll(command.environment());
    Process parent = parentCommand.start();
    ProcessHandle worker;
    try (BufferedReader pids =
            new BufferedReader(
                new InputStreamReader(parent.getErrorStream(), StandardCharsets.UTF_8));
        BufferedReader out = eventsOf(parent)) {
      worker = ProcessHandle.of(Long.parseLong(pids.readLine())).orElseThrow();
      List<RunEvent> heard = new ArrayList<>();
      readUntil(RunEvent.Step.class, out, heard);
      parent.destroyForcibly();
    }

    worker.onExit().get(60, TimeUnit.SECONDS);

    assertThat(tiny.status().runs().get(0).stages().get(0).stepsDone().orElseThrow()).isPositive();
  }

  @Test
  void should_train_a_stage_once_if_two_processes_need_it_at_the_same_time() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(folder, LONGER, TinyExperiment.SOFTMAX, TinyExperiment.CRT);
    List<RunEvent> first = new ArrayList<>();
    List<RunEvent> second = new ArrayList<>();
    Process softmax = tiny.startWorker("softmax", 1);
    try (BufferedReader out = eventsOf(softmax)) {
      readUntil(RunEvent.Step.class, out, first);
      Process crt = tiny.startWorker("crt", 1);
      readAll(out, first);
      second.addAll(finish(crt));
    }

    assertThat(softmax.waitFor()).isZero();
    String shared = tiny.planned("softmax", 1).stages().get(0).key().value();
    assertThat(second)
        .filteredOn(RunEvent.StageStarted.class::isInstance)
        .noneMatch(event -> ((RunEvent.StageStarted) event).key().equals(shared));
    assertThat(second).contains(new RunEvent.StageReused("representation", shared));
    assertThat(tiny.record("crt", 1).stages().get(0).weightsSha256())
        .isEqualTo(tiny.record("softmax", 1).stages().get(0).weightsSha256());
  }

  @Test
  void should_say_that_it_waits_and_go_on_if_the_one_that_trains_a_shared_stage_is_killed()
      throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(folder, LONGER, TinyExperiment.SOFTMAX, TinyExperiment.CRT);
    TinyExperiment undisturbed = tiny.in("undisturbed");
    finish(undisturbed.startWorker("crt", 1));
    String shared = tiny.planned("softmax", 1).stages().get(0).key().value();
    List<RunEvent> first = new ArrayList<>();
    List<RunEvent> second = new ArrayList<>();

    Process softmax = tiny.startWorker("softmax", 1);
    try (BufferedReader out = eventsOf(softmax)) {
      readUntil(RunEvent.Epoch.class, out, first);
      // Held where it is, so that the other surely finds the lock taken.
      signal(softmax, "STOP");
      Process crt = tiny.startWorker("crt", 1);
      try (BufferedReader waiting = eventsOf(crt)) {
        readUntil(RunEvent.StageWaiting.class, waiting, second);
        softmax.destroyForcibly();
        readAll(waiting, second);
      }
      assertThat(crt.waitFor()).isZero();
    }

    assertThat(softmax.waitFor()).isNotZero();
    assertThat(second).contains(new RunEvent.StageWaiting("representation", shared));
    RunEvent.StageStarted resumed =
        second.stream()
            .filter(RunEvent.StageStarted.class::isInstance)
            .map(RunEvent.StageStarted.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(resumed.key()).isEqualTo(shared);
    assertThat(resumed.resumedAt()).isPositive();
    assertThat(ForkedRunTest.bits(tiny.record("crt", 1)))
        .isEqualTo(ForkedRunTest.bits(undisturbed.record("crt", 1)));
  }

  @Test
  @Tag("slow")
  void should_end_with_the_same_bits_if_killed_while_features_are_computed_and_used()
      throws Exception {
    List<String> cached = new ArrayList<>(LONGER);
    cached.add("training.frozenFeatures={type: cached, views: 2}");
    TinyExperiment tiny = TinyExperiment.of(folder, cached, CRT_OF_TWO_EPOCHS);
    TinyExperiment undisturbed = tiny.in("undisturbed");
    List<RunEvent> heard = finish(undisturbed.startWorker("crt", 1));
    assertThat(heard).filteredOn(RunEvent.Features.class::isInstance).isNotEmpty();

    TinyExperiment killed = tiny.in("killed");
    killOn(killed.startWorker("crt", 1), RunEvent.Features.class, 1);
    killOn(killed.startWorker("crt", 1), RunEvent.Features.class, 2);
    killOn(killed.startWorker("crt", 1), RunEvent.Epoch.class, 1);
    killOn(killed.startWorker("crt", 1), RunEvent.Evaluating.class, 1);
    finish(killed.startWorker("crt", 1));

    assertThat(ForkedRunTest.bits(killed.record("crt", 1)))
        .isEqualTo(ForkedRunTest.bits(undisturbed.record("crt", 1)));
    assertThat(killed.record("crt", 1).stages())
        .extracting(StageRecord::frozenFeatures)
        .containsExactly(Optional.empty(), Optional.of("cached, 2 views"));
    assertThat(withoutSpeed(killed, "crt")).isEqualTo(withoutSpeed(undisturbed, "crt"));
  }

  @Test
  void should_compute_features_once_if_two_processes_need_them_at_the_same_time() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder,
            List.of("training.frozenFeatures={type: cached}"),
            TinyExperiment.SOFTMAX,
            TinyExperiment.CRT,
            "{id: lws, method: {type: lws, epochs: 1}}");
    finish(tiny.startWorker("softmax", 1));
    List<RunEvent> first = new ArrayList<>();
    List<RunEvent> second = new ArrayList<>();

    Process crt = tiny.startWorker("crt", 1);
    try (BufferedReader out = eventsOf(crt)) {
      readUntil(RunEvent.Features.class, out, first);
      signal(crt, "STOP");
      Process lws = tiny.startWorker("lws", 1);
      try (BufferedReader waiting = eventsOf(lws)) {
        readUntil(RunEvent.FeaturesWaiting.class, waiting, second);
        signal(crt, "CONT");
        readAll(out, first);
        readAll(waiting, second);
      }
      assertThat(lws.waitFor()).isZero();
    }

    assertThat(crt.waitFor()).isZero();
    assertThat(second).noneMatch(RunEvent.Features.class::isInstance);
  }

  @Test
  void should_do_the_run_once_if_two_processes_do_it_at_the_same_time() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, List.of(), TinyExperiment.SOFTMAX);

    Process one = tiny.startWorker("softmax", 1);
    Process other = tiny.startWorker("softmax", 1);
    List<RunEvent> heard = new ArrayList<>(finish(one));
    heard.addAll(finish(other));

    assertThat(heard).filteredOn(RunEvent.StageStarted.class::isInstance).hasSize(1);
    assertThat(heard).filteredOn(RunEvent.Evaluating.class::isInstance).hasSize(1);
    assertThat(heard).filteredOn(RunEvent.Done.class::isInstance).hasSize(2);
  }

  @Test
  void should_say_what_is_wrong_and_end_with_1_if_the_config_is_damaged() throws Exception {
    TinyExperiment tiny = TinyExperiment.of(folder, List.of(), TinyExperiment.SOFTMAX);
    RunFolder files = tiny.runFolder("softmax", 1);
    ProcessBuilder command = tiny.workerCommand("softmax", 1);
    String config = Files.readString(files.config());
    Files.writeString(files.config(), config.replace("\"threads\":1", "\"threads\":1.5"));

    Process worker = command.start();
    List<RunEvent> heard = new ArrayList<>();
    try (BufferedReader out = eventsOf(worker)) {
      readAll(out, heard);
    }

    assertThat(worker.waitFor()).isEqualTo(ExitCode.FAILED);
    assertThat(heard).hasSize(1);
    assertThat(((RunEvent.Failed) heard.get(0)).reason())
        .contains("config.json: not a run of this version");
  }

  /** Reads a worker to its end, which must be a good one. */
  private static List<RunEvent> finish(Process worker) throws Exception {
    List<RunEvent> heard = new ArrayList<>();
    try (BufferedReader out = eventsOf(worker)) {
      readAll(out, heard);
    }
    assertThat(worker.waitFor()).as("exit code after %s", heard).isZero();
    assertThat(heard.get(heard.size() - 1)).isEqualTo(new RunEvent.Done());
    return heard;
  }

  /** Kills a worker, as {@code kill -9} does, once it has said so many events of a kind. */
  private static void killOn(Process worker, Class<? extends RunEvent> kind, int times)
      throws Exception {
    List<RunEvent> heard = new ArrayList<>();
    try (BufferedReader out = eventsOf(worker)) {
      for (int i = 0; i < times; i++) {
        readUntil(kind, out, heard);
      }
      worker.destroyForcibly();
    }
    assertThat(worker.waitFor()).isNotZero();
  }

  private static void signal(Process worker, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + worker.pid()).start().waitFor())
        .isZero();
  }

  private static BufferedReader eventsOf(Process worker) {
    return new BufferedReader(
        new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void readUntil(
      Class<? extends RunEvent> kind, BufferedReader out, List<RunEvent> heard) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Optional<RunEvent> event = EventJson.read(line);
      event.ifPresent(heard::add);
      if (event.filter(kind::isInstance).isPresent()) {
        return;
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " among " + heard);
  }

  private static void readAll(BufferedReader out, List<RunEvent> heard) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      EventJson.read(line).ifPresent(heard::add);
    }
  }

  private static List<String> withoutSpeed(TinyExperiment tiny, String arm) throws IOException {
    return Files.readAllLines(tiny.runFolder(arm, 1).metrics()).stream()
        .map(line -> line.replaceFirst(",\"imagesPerSecond\":[^,}]*", ""))
        .toList();
  }
}
