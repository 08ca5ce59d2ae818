package org.equipoise.experiments.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.experiments.parts.AcmeSampler;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.parts.SourceJar;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.ClassBalanced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryTest {

  private static final String BODY =
      """
        public String typeName() { return "%s"; }
        public org.equipoise.api.loss.BoundLoss bind(org.equipoise.api.stats.TrainStatistics t) {
          throw new UnsupportedOperationException();
        }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void should_find_parts_of_every_kind_on_the_class_path(PartKind kind) {
    Registry registry = Registry.load(RegistryTest.class.getClassLoader());

    assertThat(registry.parts(kind)).isNotEmpty();
    assertThat(registry.parts(kind)).allMatch(part -> kind.spi().isInstance(part.prototype()));
    assertThat(registry.parts(kind)).extracting(RegisteredPart::typeName).isSorted();
    assertThat(PartKind.ofId(kind.id())).contains(kind);
    assertThat(PartKind.ofSpi(kind.spi())).contains(kind);
  }

  @Test
  void should_find_a_third_partys_loss_if_its_jar_has_one_record_and_one_service_line()
      throws IOException {
    jar("acme-losses-1.0.jar", "acme.MyLoss", "acme/my-loss");

    try (Plugins plugins = Plugins.open(folder)) {
      Registry registry = Registry.load(plugins.loader());

      RegisteredPart part = registry.require(PartKind.LOSS, "acme/my-loss");
      assertThat(part.origin()).isEqualTo("acme-losses-1.0.jar");
      assertThat(part.label()).isEqualTo("acme/my-loss (acme-losses-1.0.jar)");
      assertThat(part.thirdParty()).isTrue();
      assertThat(registry.parts(PartKind.LOSS)).last().isEqualTo(part);
      assertThat(registry.find(PartKind.LOSS, "cross-entropy"))
          .map(RegisteredPart::prototype)
          .contains(new CrossEntropy());
    }
  }

  @Test
  void should_list_what_exists_and_whence_if_a_name_is_unknown() {
    Registry registry = KnownParts.registry();

    assertThatThrownBy(() -> registry.require(PartKind.SAMPLER, "class-balancd"))
        .isInstanceOf(UnknownPartException.class)
        .hasMessage(
            "no sampler named \"class-balancd\". Known: class-balanced, instance-balanced,"
                + " acme/foo (acme-samplers-1.2.jar). Did you mean class-balanced?");
    assertThatThrownBy(() -> registry.require(PartKind.BATCH_TRANSFORM, "cutout"))
        .hasMessage("no batch transform named \"cutout\". Known: mixup");
    assertThatThrownBy(() -> Registry.of(List.of()).require(PartKind.LOSS, "x"))
        .hasMessage("no loss named \"x\". There are no losses at all.");
  }

  @Test
  void should_name_both_jars_if_they_offer_the_same_name() throws IOException {
    jar("acme-1.0.jar", "acme.MyLoss", "acme/my-loss");
    jar("other-1.0.jar", "other.Loss", "acme/my-loss");

    assertThat(problems())
        .containsExactly(
            "two parts are called loss \"acme/my-loss\": acme.MyLoss (acme-1.0.jar) and other.Loss"
                + " (other-1.0.jar)");
  }

  // ServiceLoader drops the second of two equal class names without a word.
  @Test
  void should_name_both_jars_if_they_offer_the_same_class() throws IOException {
    jar("acme-1.0.jar", "acme.MyLoss", "acme/my-loss");
    jar("acme-1.1.jar", "acme.MyLoss", "acme/my-loss");

    assertThat(problems())
        .containsExactly(
            "acme.MyLoss is offered twice: by acme-1.0.jar and by acme-1.1.jar; keep one of them");
  }

  @Test
  void should_refuse_a_name_without_vendor_if_the_class_is_a_third_partys() throws IOException {
    jar("acme-1.0.jar", "acme.MyLoss", "my-loss");

    assertThat(problems())
        .containsExactly(
            "acme.MyLoss (acme-1.0.jar): the name \"my-loss\" is reserved; put a vendor before it:"
                + " acme/my-loss");
  }

  @Test
  void should_refuse_a_malformed_name() throws IOException {
    jar("acme-1.0.jar", "acme.MyLoss", "acme/My_Loss");

    assertThat(problems())
        .containsExactly(
            "acme.MyLoss (acme-1.0.jar): \"acme/My_Loss\" is no type name; expected kebab-case,"
                + " with a vendor before it: acme/my-loss");
  }

  @Test
  void should_name_jar_and_line_for_every_class_that_cannot_be_a_part() throws IOException {
    String implement = " implements org.equipoise.api.loss.LossSpec { ";
    new SourceJar()
        .source("acme.NoRecord", "public final class NoRecord" + implement + body("a/b") + "}")
        .source("acme.NoLoss", "public record NoLoss() {}")
        .source("acme.Hidden", "record Hidden()" + implement + body("a/c") + "}")
        .source(
            "acme.NoDefaults", "public record NoDefaults(int n)" + implement + body("a/d") + "}")
        .source(
            "acme.Typed",
            "public record Typed(int type)"
                + implement
                + "public Typed() { this(1); }"
                + body("a/e")
                + "}")
        .service(
            LossSpec.class,
            "# our losses",
            "acme.NoRecord",
            "acme.NoLoss # wrong file",
            "",
            "acme.Hidden",
            "acme.NoDefaults",
            "acme.Typed",
            "acme.Missing")
        .write(folder.resolve("acme 1.0.jar"));
    String place = "acme 1.0.jar, META-INF/services/org.equipoise.api.loss.LossSpec, line ";

    assertThat(problems())
        .containsExactly(
            place
                + "2: acme.NoRecord: the class is no record; the components of a record are the"
                + " config's keys",
            place + "3: acme.NoLoss: the class does not implement LossSpec",
            place + "5: acme.Hidden: the record is not public",
            place
                + "6: acme.NoDefaults: the record has no public no-argument constructor, which"
                + " holds the defaults",
            place + "7: acme.Typed: a component is called type, the key that names the part itself",
            place + "8: acme.Missing: there is no such class");
  }

  @Test
  void should_name_jar_and_line_if_the_defaults_cannot_be_created() throws IOException {
    new SourceJar()
        .source(
            "acme.Broken",
            "public record Broken(int n) implements org.equipoise.api.loss.LossSpec {"
                + " public Broken() { this(0); }"
                + " public Broken { throw new IllegalArgumentException(\"n: must be > 0\"); }"
                + body("acme/broken")
                + "}")
        .service(LossSpec.class, "acme.Broken")
        .write(folder.resolve("acme.jar"));

    assertThat(problems())
        .containsExactly(
            "acme.jar, META-INF/services/org.equipoise.api.loss.LossSpec, line 1: acme.Broken: its"
                + " defaults cannot be created (java.lang.IllegalArgumentException: n: must be >"
                + " 0)");
  }

  @Test
  void should_say_all_problems_at_once() throws IOException {
    new SourceJar()
        .service(LossSpec.class, "acme.A")
        .service(SamplerSpec.class, "acme.B")
        .write(folder.resolve("acme.jar"));

    try (Plugins plugins = Plugins.open(folder)) {
      assertThatThrownBy(() -> Registry.load(plugins.loader()))
          .isInstanceOf(RegistryException.class)
          .hasMessage(
              """
              2 parts cannot be used:
              acme.jar, META-INF/services/org.equipoise.api.loss.LossSpec, line 1: acme.A: there is\
               no such class
              acme.jar, META-INF/services/org.equipoise.api.sampling.SamplerSpec, line 1: acme.B:\
               there is no such class""");
    }
  }

  @Test
  void should_refuse_two_parts_of_one_name_if_they_come_from_a_program() {
    List<RegisteredPart> parts =
        List.of(
            new RegisteredPart(PartKind.SAMPLER, "acme/foo", new AcmeSampler(), "a.jar"),
            new RegisteredPart(PartKind.SAMPLER, "acme/foo", new ClassBalanced(), "b.jar"));

    assertThatThrownBy(() -> Registry.of(parts))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("two parts are called sampler \"acme/foo\"");
  }

  @Test
  void should_say_so_if_the_plug_in_folder_is_missing_or_no_folder() throws IOException {
    Path missing = folder.resolve("none");
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> Plugins.open(missing))
        .isInstanceOf(IOException.class)
        .hasMessage("plug-in folder " + missing + ": not found");
    assertThatThrownBy(() -> Plugins.open(file)).hasMessageEndingWith(": not a folder");
  }

  @Test
  void should_name_the_jar_if_it_is_damaged() throws IOException {
    Path jar = Files.writeString(folder.resolve("acme.jar"), "no zip");

    assertThatThrownBy(() -> Plugins.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("plug-in " + jar + ": not a readable jar (");
  }

  private static String body(String typeName) {
    return BODY.formatted(typeName);
  }

  private void jar(String file, String className, String typeName) {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    new SourceJar()
        .source(
            className,
            "public record "
                + simpleName
                + "(double n) implements"
                + " org.equipoise.api.loss.LossSpec { public "
                + simpleName
                + "() { this(1); }"
                + body(typeName)
                + "}")
        .service(LossSpec.class, className)
        .write(folder.resolve(file));
  }

  private List<String> problems() throws IOException {
    try (Plugins plugins = Plugins.open(folder)) {
      Registry.load(plugins.loader());
      throw new AssertionError("the registry accepted everything");
    } catch (RegistryException e) {
      return e.problems();
    }
  }
}
