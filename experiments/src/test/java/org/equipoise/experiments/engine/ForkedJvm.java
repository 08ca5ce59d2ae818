package org.equipoise.experiments.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, with the environment of this one. */
public final class ForkedJvm {

  private ForkedJvm() {}

  /**
   * Runs a program to its end.
   *
   * @param options options of the JVM
   * @param main the main class
   * @param arguments its arguments
   * @return what it printed, line by line
   * @throws IOException if it cannot be started
   * @throws InterruptedException if this thread is interrupted
   */
  public static List<String> run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(main.getSimpleName() + " failed:\n" + output);
    }
    return output.lines().toList();
  }
}
