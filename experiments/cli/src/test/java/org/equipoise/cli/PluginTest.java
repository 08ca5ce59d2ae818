package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's loss: the README's file and service line, in a jar, and nothing else. */
class PluginTest {

  private static final Pattern JAVA_FILE =
      Pattern.compile("```java\\n(package com\\.acme;.*?)```", Pattern.DOTALL);
  private static final String SERVICE = "META-INF/services/org.equipoise.api.loss.LossSpec";

  @TempDir private Path folder;

  @BeforeEach
  void buildJar() throws IOException {
    String loss =
        JAVA_FILE
            .matcher(Files.readString(Path.of("../../README.md")))
            .results()
            .map(match -> match.group(1))
            .filter(file -> file.contains(" implements LossSpec "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("README.md has no Java file of a loss"));
    Path source = Files.writeString(folder.resolve("Tempered.java"), loss);
    Path classes = compile(source);
    Path jar = Files.createDirectories(plugins()).resolve("acme-1.0.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path type : compiled.filter(Files::isRegularFile).sorted().toList()) {
        put(out, classes.relativize(type).toString().replace('\\', '/'), Files.readAllBytes(type));
      }
      put(out, SERVICE, "com.acme.Tempered\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private Path compile(Path source) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      boolean compiled =
          javac.getTask(null, files, null, options, null, files.getJavaFileObjects(source)).call();
      assertThat(compiled).as("the README's Java file compiles").isTrue();
    }
    return classes;
  }

  private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  @Test
  void should_list_the_loss_with_its_jar_if_the_folder_is_named() {
    CommandRun with = CommandRun.of("list", "losses", "--plugins", plugins().toString());

    assertThat(with.out()).contains("acme/tempered (acme-1.0.jar)", "divided by a temperature");
    assertThat(CommandRun.of("list", "losses").out()).doesNotContain("acme");
  }

  @Test
  void should_describe_the_loss_as_any_other() {
    CommandRun run =
        CommandRun.of("describe", "loss", "acme/tempered", "--plugins", plugins().toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("from acme-1.0.jar", "-log softmax(z / T)_y", "temperature  2.0")
        .contains("- id: tempered", "method: {loss: {type: acme/tempered, temperature: 2.0}}");
  }

  @Test
  void should_name_the_jar_if_a_config_misspells_the_loss() throws Exception {
    Path config = TinyStudy.write(folder, "  - {id: t, method: {loss: {type: acme/temperd}}}");

    CommandRun run = CommandRun.of("plan", config.toString(), "--plugins", plugins().toString());

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("acme/tempered (acme-1.0.jar)", "Did you mean acme/tempered?");
  }

  @Test
  @Tag("slow")
  void should_train_with_the_loss_if_a_config_names_it() throws Exception {
    Path config =
        TinyStudy.write(
            folder, "  - {id: tempered, method: {loss: {type: acme/tempered, temperature: 1.5}}}");
    Path out = folder.resolve("out");

    CommandRun run =
        CommandRun.of(
            "run", config.toString(), "--plugins", plugins().toString(), "--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(TinyStudy.records(out)).hasSize(2);
    assertThat(run.out()).containsPattern("(?m)^tempered +1 +[0-9]");
    Path tempered =
        TinyStudy.records(out).stream()
            .filter(record -> record.toString().contains("tempered"))
            .findFirst()
            .orElseThrow();
    assertThat(tempered.resolveSibling("config.json"))
        .content()
        .contains("\"acme/tempered\"", "\"temperature\" : 1.5");
    assertThat(tempered.resolveSibling("manifest.json")).content().contains("com.acme.Tempered");
  }
}
