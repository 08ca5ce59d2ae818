package org.equipoise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.equipoise.experiments.classifier.Classification;
import org.equipoise.experiments.classifier.EquipoiseModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images with a model that was trained before. */
@Command(
    name = "predict",
    description = "Classify images with a model that 'equipoise train' wrote.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {"", "Example:", "  equipoise predict photos.model new/1.jpg new/2.jpg"})
final class PredictCommand implements Callable<Integer> {

  private static final int SHOWN = 3;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of the model.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "JPEG or PNG files of any size.")
  private List<Path> images;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean failed = false;
    try (EquipoiseModel loaded = EquipoiseModel.load(model)) {
      for (Path image : images) {
        try {
          out.println(image + "  " + text(loaded.classify(image)));
          out.flush();
        } catch (IOException e) {
          failed = true;
          err.println(e.getMessage());
          err.flush();
        }
      }
    }
    return failed ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private static String text(Classification said) {
    return said.candidates().stream()
        .limit(SHOWN)
        .map(one -> String.format(Locale.ROOT, "%s %.1f%%", one.label(), 100 * one.probability()))
        .collect(Collectors.joining(", "));
  }
}
