package org.equipoise.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.classifier.BackboneChoice;
import org.equipoise.experiments.classifier.ClassifierRequest;
import org.equipoise.experiments.classifier.ClassifierTraining;
import org.equipoise.experiments.classifier.ModelDescription;
import org.equipoise.experiments.classifier.ModelDescription.Arm;
import org.equipoise.experiments.classifier.ModelDescription.Figures;
import org.equipoise.experiments.classifier.ModelFolder;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.inspection.DamagedFile;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.plan.ExperimentPlan;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.run.ExperimentExecution;
import org.equipoise.experiments.run.PlanStatus;
import org.equipoise.experiments.run.RunCode;
import org.equipoise.experiments.run.RunInputs;
import org.equipoise.experiments.run.RunOptions;
import org.equipoise.experiments.run.RunOutcome;
import org.equipoise.experiments.wiring.EquipoiseModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Trains a classifier on a user's own images. */
@Command(
    name = "train",
    description = {
      "Train a classifier on a folder of images.",
      "Softmax and Balanced Softmax are compared on images that were held out, and the",
      "better one is kept."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise train --data photos --out photos.model",
      "  equipoise train --data photos --out photos.model --weights mobilenet.safetensors",
      "",
      "Study and checkpoints are in MODEL.training: after Ctrl-C the same command",
      "goes on there. It may be deleted once the model is written."
    })
final class TrainCommand implements Callable<Integer> {

  private static final int MOST_FILES = 10;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = {
        "A folder for each class, or train/, val/ and test/ with such folders.",
        "Methods are compared on val/, or else on a fifth of train/; test/ is",
        "evaluated once, with the method that was kept."
      })
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "The folder to write; it appears once it is whole.")
  private Path out;

  @Option(names = "--force", description = "Replace a model that is there already.")
  private boolean force;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      converter = BackboneName.class,
      description = {
        "small-cnn or resnet, trained from scratch; or mobilenet-v2, frozen, with",
        "a new head. By default mobilenet-v2 if there are weights, else small-cnn."
      })
  private BackboneChoice backbone;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights of MobileNetV2 (safetensors; docs/weights.md).")
  private Path weights;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training images; by default 15 to 60, fewer if there are many.")
  private Integer epochs;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = {
        "Rows and columns of an input; by default 32 or 64, with mobilenet-v2",
        "96, 160 or 224, as the images are large."
      })
  private Integer size;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all randomness; default 1.")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each of the two runs; by default half of the cores.")
  private Integer threads;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    ClassifierRequest request = request();
    ModelFolder.objection(out, force)
        .ifPresent(
            why -> {
              throw new UsageException(why);
            });
    FolderScan scan = OwnFolder.scan(data);
    FolderInspection found = FolderInspection.of(scan, true);
    if (!found.problems().isEmpty()) {
      throw new UsageException(
          data + ":\n  " + String.join("\n  ", found.problems()) + "\n" + OwnFolder.LAYOUT);
    }
    warn(found);
    Registry registry = Registry.load(TrainCommand.class.getClassLoader());
    ClassifierTraining training = ClassifierTraining.begin(request, scan, found, registry);
    PrintWriter terminalOut = spec.commandLine().getOut();
    terminalOut.println(data + ": " + training.division());
    terminalOut.println(training.summary() + "; in " + training.folder().root());
    terminalOut.flush();
    Farewell farewell = new Farewell();
    try {
      return conclude(training, run(training, registry));
    } finally {
      farewell.over();
    }
  }

  private ClassifierRequest request() {
    int each =
        threads == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : threads;
    try {
      return new ClassifierRequest(
          data,
          out,
          Optional.ofNullable(backbone),
          Optional.ofNullable(weights),
          optional(epochs),
          optional(size),
          seed,
          each);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private void warn(FolderInspection found) {
    PrintWriter err = spec.commandLine().getErr();
    if (!found.unreadable().isEmpty()) {
      err.printf("Left out, for they cannot be read: %d files%n", found.unreadable().size());
      for (DamagedFile file :
          found.unreadable().subList(0, Math.min(MOST_FILES, found.unreadable().size()))) {
        err.println(PlainText.line("  " + file.name() + " " + file.reason()));
      }
    }
    if (!found.leaks().isEmpty()) {
      err.printf(
          "Warning: %d images are in several of train, val and test, so figures are too good;"
              + " 'equipoise inspect %s' names them.%n",
          found.leaks().size(), data);
    }
    err.flush();
  }

  private List<RunOutcome> run(ClassifierTraining training, Registry registry) throws Exception {
    Path folder = training.folder().root();
    RunInputs inputs = RunInputs.of(training.study(), folder);
    LabelledData read = inputs.load();
    inputs.check(read);
    Injector injector = Guice.createInjector(new EquipoiseModule(registry, RunCode.training()));
    ExperimentPlan plan = injector.getInstance(Planner.class).plan(training.study(), read);
    PlanStatus before = PlanStatus.of(plan, read, training.folder());
    int cores = Runtime.getRuntime().availableProcessors();
    int jobs = Math.max(1, Math.min(plan.runs().size(), cores / training.study().threads()));
    return new WatchedRuns(terminal, spec.commandLine().getErr())
        .execute(
            new ExperimentExecution(injector.getInstance(ObjectMapper.class)),
            plan,
            read,
            before,
            RunOptions.of(folder, folder, Optional.empty(), jobs));
  }

  private int conclude(ClassifierTraining training, List<RunOutcome> outcomes) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    if (outcomes.stream().anyMatch(RunOutcome.Stopped.class::isInstance)) {
      err.println("Stopped; checkpoints are written. To go on, give the same command again.");
      err.flush();
      return ExitCodes.STOPPED;
    }
    for (RunOutcome outcome : outcomes) {
      if (outcome instanceof RunOutcome.Failed failed) {
        err.println(
            FailureText.of(
                failed.run().arm(),
                failed.failure().reason(),
                training.folder().run(failed.run()).resolve("log.txt")));
        err.flush();
        return ExitCodes.FAILED;
      }
    }
    print(training.finish(force), training.roughlyCompared());
    return ExitCodes.OK;
  }

  private void print(ModelDescription model, int rough) {
    PrintWriter terminalOut = spec.commandLine().getOut();
    terminalOut.println();
    terminalOut.printf("%-28s%18s%10s%8s%n", "", "balanced accuracy", "accuracy", "images");
    for (Arm arm : model.comparison().arms()) {
      boolean kept = arm.id().equals(model.method());
      line("held out, " + arm.id() + (kept ? " *" : ""), arm.figures());
    }
    model.test().ifPresent(figures -> line("test, " + model.method(), figures));
    terminalOut.println();
    terminalOut.printf(
        Locale.ROOT,
        "Kept: %s, ahead by %.1f points of balanced accuracy on what was held out.%n",
        model.method(),
        100 * model.comparison().lead());
    if (rough > 0) {
      terminalOut.printf(
          "Classes with fewer than %d held-out images: %d; take the comparison for a rough one.%n",
          FolderInspection.FEWEST, rough);
    }
    terminalOut.println("Model: " + out);
    terminalOut.flush();
  }

  private void line(String what, Figures figures) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%-28s%17.1f%%%9.1f%%%,8d%n",
            what,
            100 * figures.balancedAccuracy(),
            100 * figures.accuracy(),
            figures.images());
  }

  /** Reads the name of a network. */
  static final class BackboneName implements ITypeConverter<BackboneChoice> {

    @Override
    public BackboneChoice convert(String name) {
      for (BackboneChoice choice : BackboneChoice.values()) {
        if (choice.toString().equals(name)) {
          return choice;
        }
      }
      throw new TypeConversionException(
          "expected small-cnn, resnet or mobilenet-v2, is '" + name + "'");
    }
  }
}
