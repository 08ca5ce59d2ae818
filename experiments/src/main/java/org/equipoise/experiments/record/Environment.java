package org.equipoise.experiments.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run was made.
 *
 * @param equipoise the framework's version, with the build of the sources if a launcher made it
 * @param java the Java runtime's version
 * @param javaVendor who made the Java runtime
 * @param os the operating system and its version
 * @param arch the processor's instruction set
 * @param cpu the processor's model
 * @param engine the engine and its version
 * @param threads engine threads; another number rounds differently
 */
public record Environment(
    String equipoise,
    String java,
    String javaVendor,
    String os,
    String arch,
    String cpu,
    String engine,
    int threads) {

  /** The system property by which the launcher says which build of the sources runs. */
  public static final String BUILD_PROPERTY = "equipoise.build";

  /**
   * Describes this machine and process.
   *
   * @param engine the engine and its version
   * @param threads engine threads
   * @return the environment
   */
  public static Environment capture(String engine, int threads) {
    return new Environment(
        version(),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        cpuModel(Path.of("/proc/cpuinfo")),
        engine,
        threads);
  }

  /**
   * Returns all of it by name, in a fixed order.
   *
   * @return an unmodifiable map
   */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("equipoise", equipoise);
    entries.put("java", java);
    entries.put("javaVendor", javaVendor);
    entries.put("os", os);
    entries.put("arch", arch);
    entries.put("cpu", cpu);
    entries.put("engine", engine);
    entries.put("threads", Integer.toString(threads));
    return Collections.unmodifiableMap(entries);
  }

  private static String version() {
    String version =
        Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
            .orElse("unpackaged classes");
    return Optional.ofNullable(System.getProperty(BUILD_PROPERTY))
        .map(build -> version + " (build " + build + ")")
        .orElse(version);
  }

  static String cpuModel(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException | java.io.UncheckedIOException e) {
      // Only Linux has this file; a run without it is as good.
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("unknown");
    }
  }
}
