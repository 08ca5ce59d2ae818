package org.equipoise.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.run.ExperimentExecution;
import org.equipoise.experiments.run.RunCode;
import org.equipoise.experiments.run.RunInputs;
import org.equipoise.experiments.wiring.EquipoiseModule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which study, with which changes, and where it is kept. */
final class StudyOptions {

  @Parameters(index = "0", paramLabel = "FILE", description = "The study: YAML or JSON.")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Changes of single values, such as arms[0].method.loss.tau=0.5")
  private final List<String> overrides = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the results; by default runs/NAME, with the study's name.")
  private Path out;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = {
        "Folder of the data sets; by default EQUIPOISE_DATA",
        "or ~/.cache/equipoise. Embedded data sets need none."
      })
  private Path dataDir;

  @Mixin private PluginOption plugins;

  PluginOption plugins() {
    return plugins;
  }

  Path dataFolder() {
    Path folder =
        dataDir == null
            ? DataFolder.of(System.getenv(), Path.of(System.getProperty("user.home")))
            : dataDir;
    return folder.toAbsolutePath().normalize();
  }

  /** Reads config and data and plans the study, then does something with it. */
  <T> T withStudy(Use<T> use) throws Exception {
    return plugins.withRegistry(registry -> use.of(open(registry)));
  }

  private Study open(Registry registry) throws IOException {
    // Before the engine starts, which takes a second that an error in the file need not wait for.
    ExperimentConfig config =
        new ConfigReader(registry, Json.mapper(registry)).read(file, overrides);
    RunInputs inputs = RunInputs.of(config, dataFolder());
    LabelledData data = inputs.load();
    inputs.check(data);
    Injector injector = Guice.createInjector(new EquipoiseModule(registry, RunCode.training()));
    ExperimentPlan plan = injector.getInstance(Planner.class).plan(config, data);
    Path folder = out == null ? Path.of("runs", config.name()) : out;
    return new Study(
        plan,
        data,
        new ExperimentFolder(folder),
        new ExperimentExecution(injector.getInstance(ObjectMapper.class)));
  }

  /**
   * A study that was read and planned.
   *
   * @param plan its runs
   * @param data its data set
   * @param folder where its results are kept
   * @param execution what can run it
   */
  record Study(
      ExperimentPlan plan,
      LabelledData data,
      ExperimentFolder folder,
      ExperimentExecution execution) {}

  /** What is done with the study. */
  interface Use<T> {
    T of(Study study) throws Exception;
  }
}
