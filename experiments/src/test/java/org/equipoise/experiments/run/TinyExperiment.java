package org.equipoise.experiments.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.wiring.EquipoiseModule;

/** A real experiment of a second or two a run: the embedded images, a small MLP, two epochs. */
final class TinyExperiment {

  static final String SOFTMAX = "{id: softmax, method: {loss: {type: cross-entropy}}}";
  static final String BALANCED = "{id: balanced, method: {loss: {type: balanced-softmax}}}";
  static final String CRT = "{id: crt, method: {type: crt, epochs: 1}}";
  static final String BALMS = "{id: balms, method: {type: balms, epochs: 6}}";

  private final Path folder;
  private final Path out;
  private final Injector injector;
  private final ExperimentConfig config;
  private final LabelledData data;

  private TinyExperiment(
      Path folder, Path out, Injector injector, ExperimentConfig config, LabelledData data) {
    this.folder = folder;
    this.out = out;
    this.injector = injector;
    this.config = config;
    this.data = data;
  }

  /**
   * Reads an experiment.
   *
   * @param folder where its files go
   * @param overrides changes of the config, as on the command line
   * @param arms the arms, the baseline first
   */
  static TinyExperiment of(Path folder, List<String> overrides, String... arms) throws IOException {
    TorchEngine.start(1);
    String text =
        """
        name: tiny
        dataset: {type: fashion-mnist-lt-mini}
        model: {backbone: {type: mlp}, head: {type: linear}}
        training:
          epochs: 2
          batchSize: 256
          optimizer: {type: sgd, learningRate: 0.05, momentum: 0.9, weightDecay: 5.0e-4}
          schedule: {type: cosine, warmupEpochs: 1}
          augmentation: [{type: pad-crop, padding: 2}, {type: horizontal-flip}]
        seeds: [1]
        arms: [%s]
        """
            .formatted(String.join(", ", arms));
    Path file = Files.writeString(folder.resolve("tiny.yaml"), text);
    Injector injector =
        Guice.createInjector(
            new EquipoiseModule(
                Registry.load(TinyExperiment.class.getClassLoader()), RunCode.training()));
    String baseline = arms[0].replaceFirst("\\{id: ([a-z]+),.*", "baseline=$1");
    List<String> all = new ArrayList<>(List.of(baseline));
    all.addAll(overrides);
    ExperimentConfig config = injector.getInstance(ConfigReader.class).read(file, all);
    LabelledData data = RunInputs.of(config, folder.resolve("data")).load();
    return new TinyExperiment(folder, folder.resolve("out"), injector, config, data);
  }

  /** Returns the same experiment with its results elsewhere. */
  TinyExperiment in(String name) {
    return new TinyExperiment(folder, folder.resolve(name), injector, config, data);
  }

  ExperimentFolder folder() {
    return new ExperimentFolder(out);
  }

  RunInputs inputs() {
    return RunInputs.of(config, folder.resolve("data"));
  }

  LabelledData data() {
    return data;
  }

  ObjectMapper mapper() {
    return injector.getInstance(ObjectMapper.class);
  }

  RunOptions options(int jobs) {
    return RunOptions.of(out, folder.resolve("data"), Optional.empty(), jobs);
  }

  ExperimentPlan plan() {
    return injector.getInstance(Planner.class).plan(config, data);
  }

  PlanStatus status() throws IOException {
    return PlanStatus.of(plan(), data, folder());
  }

  /** Runs it in processes of their own. */
  Execution run(int jobs) throws IOException, InterruptedException {
    List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    List<RunOutcome> outcomes =
        new ExperimentExecution(mapper())
            .execute(
                plan(),
                data,
                new ForkedRunExecutor(),
                options(jobs),
                (run, event) -> heard.add(new Heard(run, event)));
    return new Execution(outcomes, List.copyOf(heard));
  }

  /** Returns the record of a run. */
  RunRecord record(String arm, long seed) throws IOException {
    return RecordJson.read(runFolder(arm, seed).path().resolve(RunRecord.FILE), RunRecord.class);
  }

  RunFolder runFolder(String arm, long seed) {
    return new RunFolder(folder().run(RunModule.outlined(planned(arm, seed))));
  }

  PlannedRun planned(String arm, long seed) {
    return plan().runs().stream()
        .filter(run -> run.spec().arm().equals(arm) && run.spec().seed() == seed)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no run " + arm + " among " + Arrays.asList(plan())));
  }

  /** Starts a worker process for a run, as the executor would. */
  Process startWorker(String arm, long seed) throws IOException {
    return workerCommand(arm, seed).start();
  }

  ProcessBuilder workerCommand(String arm, long seed) throws IOException {
    RunFolder run = runFolder(arm, seed);
    Files.createDirectories(run.path());
    RunSpec spec = planned(arm, seed).spec();
    Files.writeString(run.config(), mapper().writeValueAsString(spec));
    return WorkerCommand.of(run.config(), options(1), spec.threads(), run.log());
  }

  /** What came of an execution, and what was heard of it. */
  record Execution(List<RunOutcome> outcomes, List<Heard> heard) {

    /** Returns the events of a type, in all runs. */
    <E extends RunEvent> List<E> events(Class<E> type) {
      return heard.stream().map(Heard::event).filter(type::isInstance).map(type::cast).toList();
    }
  }

  /** An event and its run. */
  record Heard(OutlinedRun run, RunEvent event) {}
}
