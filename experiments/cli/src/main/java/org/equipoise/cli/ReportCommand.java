package org.equipoise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.equipoise.experiments.record.ExperimentFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the report of a study again, from its records alone. */
@Command(
    name = "report",
    description = "Write the report of a study again, from its records alone.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {"", "Example:", "  equipoise report runs/quickstart"})
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of the study's results.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    ExperimentFolder experiment = new ExperimentFolder(folder);
    if (!Files.exists(experiment.outline())) {
      throw new UsageException(
          folder + " holds no study: there is no " + experiment.outline().getFileName() + " in it");
    }
    ReportOutput.write(experiment, spec.commandLine().getOut());
    return ExitCodes.OK;
  }
}
