package org.equipoise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.record.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a folder of images holds, and what is wrong with it. */
@Command(
    name = "inspect",
    description = {
      "Look through a folder of images.",
      "Classes, imbalance, unreadable files, duplicates. Nothing is changed and nothing",
      "is trained."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  equipoise inspect photos",
      "",
      "Exit code 1 if an image is in several of train, val and test, or if nothing",
      "can be trained on the folder as it is."
    })
final class InspectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "A folder for each class, or train/, val/ and test/ with such folders.")
  private Path folder;

  @Option(
      names = "--decode",
      description = {
        "Decode every image: finds damage between the header and the end of a",
        "file, and takes as long as one epoch of reading."
      })
  private boolean decode;

  @Option(names = "--json", description = "Print JSON with every file instead of a summary.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    FolderInspection found = FolderInspection.of(OwnFolder.scan(folder), decode);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RecordJson.text(found));
    } else {
      InspectionText.of(found).stream().map(PlainText::line).forEach(out::println);
    }
    out.flush();
    boolean sound = found.leaks().isEmpty() && found.problems().isEmpty();
    return sound ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
