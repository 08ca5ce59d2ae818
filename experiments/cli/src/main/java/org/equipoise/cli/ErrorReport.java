package org.equipoise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.plan.PlanException;
import org.equipoise.experiments.registry.RegistryException;
import org.equipoise.experiments.registry.UnknownPartException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, and turns it into an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final BooleanSupplier verbose;

  ErrorReport(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    if (isAboutInput(error)) {
      err.println(PlainText.lines(error.getMessage()));
      return ExitCodes.USAGE;
    }
    err.println("equipoise: " + PlainText.lines(describe(error)));
    if (verbose.getAsBoolean()) {
      error.printStackTrace(err);
    }
    return ExitCodes.FAILED;
  }

  private static boolean isAboutInput(Exception error) {
    return error instanceof UsageException
        || error instanceof ConfigException
        || error instanceof PlanException
        || error instanceof RegistryException
        || error instanceof UnknownPartException;
  }

  /** Tells whether the message was written for people where it was thrown, every line of it. */
  private static boolean isAboutFiles(Exception error) {
    return error instanceof IOException
        && !(error instanceof FileSystemException)
        && !(error instanceof JsonProcessingException);
  }

  private String describe(Exception error) {
    String message = error.getMessage() == null ? "" : error.getMessage().strip();
    if (isAboutFiles(error) && !message.isEmpty()) {
      return message;
    }
    String first = message.lines().findFirst().orElse("");
    return error.getClass().getSimpleName() + ": " + first + traceHint(error);
  }

  private String traceHint(Exception error) {
    if (verbose.getAsBoolean()) {
      return "";
    }
    try {
      Path log = Files.createTempFile("equipoise-", ".log");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(log))) {
        error.printStackTrace(out);
      }
      return " (log: " + log + ")";
    } catch (IOException e) {
      return " (--verbose shows more)";
    }
  }
}
