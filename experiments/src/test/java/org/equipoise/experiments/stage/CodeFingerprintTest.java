package org.equipoise.experiments.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.equipoise.experiments.parts.SourceJar;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.FocalSoftmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFingerprintTest {

  private static final String LOSS =
      "public record Loss() { double f(double x) { return Helper.twice(x) + lib.Library.ONE(); } }";
  private static final String HELPER =
      "final class Helper { static double twice(double x) { return Deep.scale() * x; } }";
  private static final String DEEP = "final class Deep { static double scale() { return 2; } }";
  private static final String OTHER = "public record Other() { double f() { return 1; } }";
  private static final String LIBRARY =
      "public final class Library { public static double ONE() { return 1; } }";

  @TempDir private Path folder;
  private int jars;

  @Test
  void should_be_the_same_if_the_code_is_compiled_again_elsewhere() throws IOException {
    assertThat(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY))
        .matches("[0-9a-f]{64}")
        .isEqualTo(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY));
  }

  @Test
  void should_change_if_the_class_itself_is_edited() throws IOException {
    String edited = LOSS.replace("twice(x)", "twice(x + 1)");

    assertThat(fingerprint(edited, HELPER, DEEP, OTHER, LIBRARY))
        .isNotEqualTo(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY));
  }

  @Test
  void should_change_if_a_class_that_a_used_class_uses_is_edited() throws IOException {
    String edited = DEEP.replace("return 2", "return 3");

    assertThat(fingerprint(LOSS, HELPER, edited, OTHER, LIBRARY))
        .isNotEqualTo(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY));
  }

  @Test
  void should_not_change_if_an_unrelated_class_of_the_same_jar_is_edited() throws IOException {
    String edited = OTHER.replace("return 1", "return 2");

    assertThat(fingerprint(LOSS, HELPER, DEEP, edited, LIBRARY))
        .isEqualTo(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY));
  }

  @Test
  void should_not_change_if_a_library_in_another_jar_is_edited() throws IOException {
    String edited = LIBRARY.replace("return 1", "return 2");

    assertThat(fingerprint(LOSS, HELPER, DEEP, OTHER, edited))
        .isEqualTo(fingerprint(LOSS, HELPER, DEEP, OTHER, LIBRARY));
  }

  @Test
  void should_reach_equipoises_own_classes_in_another_jar() throws IOException {
    String name = "org.equipoise.fake";
    String loss = LOSS.replace("lib.", name + ".");
    String edited = LIBRARY.replace("return 1", "return 2");

    assertThat(fingerprintWith(name, loss, LIBRARY))
        .isNotEqualTo(fingerprintWith(name, loss, edited));
  }

  @Test
  void should_not_depend_on_order_or_repetition() {
    assertThat(CodeFingerprint.of(BalancedSoftmax.class, FocalSoftmax.class))
        .isEqualTo(
            CodeFingerprint.of(FocalSoftmax.class, BalancedSoftmax.class, FocalSoftmax.class))
        .isNotEqualTo(CodeFingerprint.of(FocalSoftmax.class));
  }

  @Test
  void should_refuse_a_class_without_a_class_file() {
    Runnable lambda = () -> {};

    assertThatThrownBy(() -> CodeFingerprint.of(lambda.getClass()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": it has no class file");
  }

  private String fingerprint(String loss, String helper, String deep, String other, String library)
      throws IOException {
    return fingerprint("lib", loss, helper, deep, other, library);
  }

  private String fingerprintWith(String libraryPackage, String loss, String library)
      throws IOException {
    return fingerprint(libraryPackage, loss, HELPER, DEEP, OTHER, library);
  }

  private String fingerprint(String libraryPackage, String... texts) throws IOException {
    Path library =
        new SourceJar()
            .source(libraryPackage + ".Library", texts[4])
            .write(folder.resolve("lib" + jars + ".jar"));
    Path acme =
        new SourceJar()
            .using(library)
            .source("acme.Loss", texts[0])
            .source("acme.Helper", texts[1])
            .source("acme.Deep", texts[2])
            .source("acme.Other", texts[3])
            .write(folder.resolve("acme" + jars++ + ".jar"));
    URL[] urls = {library.toUri().toURL(), acme.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls)) {
      return CodeFingerprint.of(Class.forName("acme.Loss", false, loader));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
