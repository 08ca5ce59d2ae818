package org.equipoise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand: help and version. */
@Command(
    name = "equipoise",
    description = "Trains and compares methods for long-tailed recognition.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise run configs/quickstart.yaml",
      "  equipoise plan configs/quickstart.yaml 'seeds=[1,2]'",
      "  equipoise list losses",
      "  equipoise describe loss balanced-softmax",
      "  equipoise inspect photos",
      "  equipoise train --data photos --out photos.model",
      "  equipoise evaluate lvis --ground-truth gt.json --detections dt.json \\",
      "      --iou-type bbox",
      "",
      "Exit codes: 0 all went well, 1 a run or a check failed, 2 the command line or",
      "a config is wrong, 130 stopped by Ctrl-C; the same command resumes."
    })
final class Equipoise implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an unexpected error.")
  private boolean verbose;

  /** Puts the commands together. */
  static CommandLine commandLine(Terminal terminal) {
    Equipoise root = new Equipoise();
    ErrorReport errors = new ErrorReport(() -> root.verbose);
    return new CommandLine(root)
        .addSubcommand(new RunCommand(terminal))
        .addSubcommand(new PlanCommand())
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new DescribeCommand(terminal))
        .addSubcommand(new ReportCommand())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new InspectCommand())
        .addSubcommand(new EvaluateCommand(terminal))
        .addSubcommand(new TrainCommand(terminal))
        .addSubcommand(new PredictCommand())
        // An override may begin with any character.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
