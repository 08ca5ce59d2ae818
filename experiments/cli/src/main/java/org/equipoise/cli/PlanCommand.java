package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.equipoise.api.data.LabelledData;
import org.equipoise.cli.StudyOptions.Study;
import org.equipoise.experiments.run.PlanStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what would run, and runs nothing. */
@Command(
    name = "plan",
    description = {
      "Show every run of a study and what of it is done.",
      "Each has its id; stages are shared, cached or to do. Nothing is run and nothing",
      "is written."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise plan configs/quickstart.yaml",
      "  equipoise plan configs/quickstart.yaml 'seeds=[1,2]' training.epochs=30"
    })
final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StudyOptions options;

  @Override
  public Integer call() throws Exception {
    return options.withStudy(
        study -> {
          print(study);
          return ExitCodes.OK;
        });
  }

  private void print(Study study) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    LabelledData data = study.data();
    out.printf(
        "%s, in %s%n%s: %d classes, %d images to train on, %d to test on%n%n",
        study.plan().config().name(),
        study.folder().root(),
        study.plan().config().dataset().typeName(),
        data.classes(),
        data.train().size(),
        data.test().size());
    PlanText.of(PlanStatus.of(study.plan(), data, study.folder())).forEach(out::println);
    if (!study.plan().conflicts().isEmpty()) {
      out.println();
      ConflictLines.inFull(study.plan().conflicts()).forEach(out::println);
    }
    out.flush();
  }
}
