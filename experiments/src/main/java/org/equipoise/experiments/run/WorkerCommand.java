package org.equipoise.experiments.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.record.Environment;

/** The command line and the environment of a worker process. */
final class WorkerCommand {

  /**
   * What every process with an engine wants: no network, no tracking, threads that sleep while they
   * wait, and a C library that keeps freed memory. What the user has set stays.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DJL_OFFLINE", "true",
          "OPT_OUT_TRACKING", "true",
          "OMP_WAIT_POLICY", "PASSIVE",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "268435456");

  /**
   * How long threads wait for each other before they sleep: some microseconds, or where each has a
   * processor to itself some milliseconds, as OpenMP has it by default. On a machine that is
   * shared, long waits take from others the time in which they would finish.
   */
  private static final String SPINS = "GOMP_SPINCOUNT";

  private static final String FEW_SPINS = "10000";
  private static final String MANY_SPINS = "300000";

  private static final int NATIVE_ACCESS_WARNS_SINCE = 24;

  private WorkerCommand() {}

  /**
   * Prepares a worker of this process's Java and class path.
   *
   * @param config the file of the resolved run
   * @param options where and how
   * @param threads the threads of the run
   * @param log the file to which its standard error is appended
   */
  static ProcessBuilder of(Path config, RunOptions options, int threads, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + options.maxHeap());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= NATIVE_ACCESS_WARNS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    inherited(Environment.BUILD_PROPERTY).ifPresent(command::add);
    if (options.decoders().isPresent()) {
      command.add(property(DecodePool.THREADS_PROPERTY, "" + options.decoders().getAsInt()));
    } else {
      inherited(DecodePool.THREADS_PROPERTY).ifPresent(command::add);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RunWorker.class.getName());
    command.add(config.toString());
    command.add(options.out().toString());
    command.add(options.data().toString());
    options.plugins().ifPresent(plugins -> command.add(plugins.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    ENVIRONMENT.forEach((name, value) -> builder.environment().putIfAbsent(name, value));
    builder.environment().putIfAbsent(SPINS, spins(options.jobs(), threads));
    return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private static String spins(int jobs, int threads) {
    long wanted = (long) jobs * threads;
    return wanted <= Runtime.getRuntime().availableProcessors() ? MANY_SPINS : FEW_SPINS;
  }

  private static Optional<String> inherited(String name) {
    return Optional.ofNullable(System.getProperty(name)).map(value -> property(name, value));
  }

  private static String property(String name, String value) {
    return "-D" + name + "=" + value;
  }
}
