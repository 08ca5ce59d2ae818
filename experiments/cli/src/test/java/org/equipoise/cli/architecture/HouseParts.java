package org.equipoise.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.stream.Stream;
import org.equipoise.api.Named;

/** The kinds of parts of the house, and the parts of each kind. */
final class HouseParts {

  /** What a scan must find at least, so that no rule holds because it saw nothing. */
  static final int FEWEST_SPIS = 13;

  /** What a scan must find at least, so that no rule holds because it saw nothing. */
  static final int FEWEST_PARTS = 80;

  private HouseParts() {}

  /** Returns the kinds of parts: open interfaces that extend {@link Named} directly. */
  static Stream<String> spis() {
    return House.CLASSES.stream()
        .filter(JavaClass::isInterface)
        .filter(
            type -> type.getRawInterfaces().stream().anyMatch(up -> up.isEquivalentTo(Named.class)))
        // What is sealed is complete as it is: nobody adds to it through a service file.
        .filter(type -> !type.reflect().isSealed())
        .map(JavaClass::getName)
        .sorted();
  }

  static Stream<JavaClass> parts() {
    return spis().flatMap(HouseParts::partsOf);
  }

  static Stream<JavaClass> partsOf(String spi) {
    return House.CLASSES.stream()
        .filter(type -> type.isAssignableTo(spi))
        .filter(type -> !type.isInterface())
        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT));
  }
}
