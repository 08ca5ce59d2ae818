package org.equipoise.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.api.Described;
import org.equipoise.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part is found by its service file, and every service file tells the truth. */
class ServiceFilesTest {

  private static Stream<String> spis() {
    return HouseParts.spis();
  }

  @Test
  void should_have_scanned_all_kinds_of_parts() {
    assertThat(spis()).hasSizeGreaterThanOrEqualTo(HouseParts.FEWEST_SPIS);
    assertThat(HouseParts.parts()).hasSizeGreaterThanOrEqualTo(HouseParts.FEWEST_PARTS);
  }

  @ParameterizedTest
  @MethodSource("spis")
  void should_list_in_the_service_file_just_the_parts_of_the_kind(String spi) throws IOException {
    Set<String> scanned =
        HouseParts.partsOf(spi).map(JavaClass::getFullName).collect(Collectors.toSet());

    assertThat(lines(spi)).containsExactlyInAnyOrderElementsOf(scanned);
  }

  @Test
  void should_be_public_records_that_describe_themselves() {
    assertThat(HouseParts.parts())
        .allSatisfy(
            part -> {
              assertThat(part.isRecord()).as("%s is a record", part.getName()).isTrue();
              assertThat(part.getModifiers()).as(part.getName()).contains(JavaModifier.PUBLIC);
              assertThat(part.isAnnotatedWith(Described.class))
                  .as("@Described on %s", part.getName())
                  .isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("spis")
  void should_give_every_part_of_the_kind_a_type_name_of_its_own(String spi)
      throws ReflectiveOperationException {
    Map<String, String> owners = new TreeMap<>();
    for (JavaClass part : HouseParts.partsOf(spi).toList()) {
      String name = ((Named) part.reflect().getConstructor().newInstance()).typeName();

      // A name with a vendor is a third party's.
      assertThat(name).matches(Named.TYPE_NAME).doesNotContain("/");
      assertThat(owners.put(name, part.getName())).as("other part of the name %s", name).isNull();
    }
  }

  /** Reads the service files of the modules' main classes; test resources may add their own. */
  private static List<String> lines(String spi) throws IOException {
    List<String> lines = new ArrayList<>();
    ClassLoader loader = ServiceFilesTest.class.getClassLoader();
    for (URL file : Collections.list(loader.getResources("META-INF/services/" + spi))) {
      if (file.getPath().contains("/test-classes/")) {
        continue;
      }
      try (var in = file.openStream()) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
