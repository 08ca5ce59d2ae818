package org.equipoise.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;

/** The main classes of all modules, found by a scan of the class path. */
final class House {

  /** What a scan must find at least, so that no rule holds because it saw nothing. */
  static final Map<String, Integer> FLOORS =
      Map.of(
          "org.equipoise.api", 70,
          "org.equipoise.testkit", 20,
          "org.equipoise.losses", 12,
          "org.equipoise.samplers", 7,
          "org.equipoise.evaluation", 28,
          "org.equipoise.methods", 9,
          "org.equipoise.experiments", 150,
          "org.equipoise.cli", 25);

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOptions(
              List.of(
                  ImportOption.Predefined.DO_NOT_INCLUDE_TESTS,
                  ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS))
          .importPackages("org.equipoise");

  private House() {}
}
