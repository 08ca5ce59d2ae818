package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says before there is any Java to say it. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER = Path.of("../../equipoise").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Path javaThatSays(String specificationVersion) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java =
        Files.writeString(
            bin.resolve("java"),
            "#!/bin/sh\necho '    java.home = /jdk' >&2\n"
                + "echo '    java.specification.version = "
                + specificationVersion
                + "' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }

  private String launch(Path javaHome) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "--version");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(ExitCodes.USAGE);
    return said;
  }

  @Test
  void should_name_both_versions_if_java_is_too_old() throws Exception {
    assertThat(launch(javaThatSays("11"))).contains("is Java 11; 17 or newer is needed");
  }

  @Test
  void should_name_both_versions_if_java_is_from_before_9() throws Exception {
    assertThat(launch(javaThatSays("1.8"))).contains("is Java 8; 17 or newer is needed");
  }

  @Test
  void should_say_so_if_java_home_holds_no_java() throws Exception {
    assertThat(launch(folder)).contains("JAVA_HOME is " + folder);
  }
}
