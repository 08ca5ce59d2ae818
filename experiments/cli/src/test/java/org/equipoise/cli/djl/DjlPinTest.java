package org.equipoise.cli.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * DJL's four jars work only as a set: with another engine version, DJL finds no matching native
 * bindings among them and goes to the network for some.
 */
@Timeout(120)
class DjlPinTest {

  private static final String DJL = "0.35.1";
  private static final String PYTORCH = "2.7.1";

  @Test
  void should_have_the_pinned_set_on_the_class_path() throws IOException {
    assertThat(Engine.getDjlVersion()).isEqualTo(DJL);
    assertThat(only("pytorch-engine.properties"))
        .containsEntry("djl_version", DJL)
        .containsEntry("pytorch_version", PYTORCH);
    assertThat(only("jnilib/pytorch.properties")).containsEntry("jni_version", PYTORCH + "-" + DJL);
    assertThat(only("native/lib/pytorch.properties").getProperty("version"))
        .matches(PYTORCH.replace(".", "\\.") + "(-\\d+)?");
  }

  @Test
  void should_open_no_connection_if_experiments_start_the_engine() throws Exception {
    assertThat(probe(List.of(), Map.of(), "equipoise")).containsExactly(ConnectionProbe.WORKS);
  }

  @Test
  void should_notice_that_djl_calls_home_if_nobody_forbids_it() throws Exception {
    // The control: without it, a probe that is blind would pass the test above.
    assertThat(probe(List.of(), Map.of(), "djl"))
        .anyMatch(line -> line.startsWith(ConnectionProbe.ASKED))
        .contains(ConnectionProbe.WORKS);
  }

  @Test
  @Tag("slow") // Unpacks the native library anew, 432 MB.
  @EnabledOnOs(OS.LINUX)
  void should_start_for_the_first_time_where_there_is_no_network(@TempDir Path cache)
      throws Exception {
    List<String> cutOff = List.of("unshare", "--map-root-user", "--net");
    assumeThat(succeeds(cutOff)).as("this system lets us cut a process off the network").isTrue();
    Map<String, String> fresh = Map.of("DJL_CACHE_DIR", cache.toString());

    assertThat(probe(cutOff, fresh, "equipoise")).containsExactly(ConnectionProbe.WORKS);
    assertThat(cache).isNotEmptyDirectory();
  }

  private static boolean succeeds(List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs the probe in a JVM of its own, with none of DJL's settings, and returns what it says. */
  private static List<String> probe(
      List<String> prefix, Map<String, String> environment, String how) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ConnectionProbe.class.getName(), how));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    List.of("DJL_OFFLINE", "OPT_OUT_TRACKING").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("probe: ")).toList();
  }

  private static Properties only(String resource) throws IOException {
    List<URL> found = Collections.list(DjlPinTest.class.getClassLoader().getResources(resource));
    assertThat(found).as("exactly one %s on the class path", resource).hasSize(1);
    Properties properties = new Properties();
    try (InputStream in = found.get(0).openStream()) {
      properties.load(in);
    }
    return properties;
  }
}
