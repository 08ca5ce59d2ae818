package org.equipoise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.run.WeightExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives trained weights to PyTorch. */
@Command(
    name = "export",
    description = {
      "Write the weights of a trained stage for PyTorch.",
      "The file is safetensors; the names are those of PyTorch's state dicts."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  equipoise export --from runs/study/runs/crt-s1-0123456789abcdef \\",
      "      --out crt.safetensors"
    })
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private PluginOption plugins;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = {
        "The folder of a run, whose last stage is meant, or of a stage,",
        "both within the folder of a study."
      })
  private Path from;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write; one that is there is replaced.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    WeightExport.Exported exported = plugins.withRegistry(this::export);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        "%d arrays of stage %s: %s%nSHA-256 %s%n",
        exported.arrays(), exported.stage().substring(0, 12), out, exported.sha256());
    terminal.flush();
    return ExitCodes.OK;
  }

  private WeightExport.Exported export(Registry registry) throws IOException {
    try {
      return new WeightExport(Json.mapper(registry)).export(from, out);
    } catch (IllegalArgumentException e) {
      throw new UsageException(from + ": " + e.getMessage());
    }
  }
}
