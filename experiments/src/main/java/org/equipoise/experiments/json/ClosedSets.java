package org.equipoise.experiments.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Named;

/**
 * Sealed interfaces whose permitted classes are all records: choices that need no registry.
 *
 * <p>A choice is named by its record's simple name in kebab-case.
 */
public final class ClosedSets {

  private ClosedSets() {}

  /**
   * Returns whether a type is such an interface.
   *
   * @param type any class
   * @return true if values of it are told apart by a name
   */
  public static boolean isClosedSet(Class<?> type) {
    return type.isInterface()
        && type.isSealed()
        && Arrays.stream(type.getPermittedSubclasses()).allMatch(Class::isRecord);
  }

  /**
   * Returns the closed set that a record belongs to.
   *
   * @param type any class
   * @return the interface, if there is one
   */
  public static Optional<Class<?>> closedSetOf(Class<?> type) {
    return isClosedSet(type)
        ? Optional.of(type)
        : Arrays.<Class<?>>stream(type.getInterfaces()).filter(ClosedSets::isClosedSet).findFirst();
  }

  /**
   * Returns the choices.
   *
   * @param closedSet an interface of which {@link #isClosedSet} is true
   * @return the records by name, in the order in which the interface permits them
   */
  public static Map<String, Class<?>> choices(Class<?> closedSet) {
    Map<String, Class<?>> choices = new LinkedHashMap<>();
    for (Class<?> choice : closedSet.getPermittedSubclasses()) {
      choices.put(Named.kebabCase(choice.getSimpleName()), choice);
    }
    return choices;
  }
}
