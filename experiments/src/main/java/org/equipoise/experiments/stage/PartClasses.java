package org.equipoise.experiments.stage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.equipoise.api.Named;

/** Finds the classes of all parts in a value, however deep they are nested. */
public final class PartClasses {

  private final SortedSet<Class<?>> found = new TreeSet<>(Comparator.comparing(Class::getName));

  private PartClasses() {}

  /**
   * Returns the classes of all parts in some records.
   *
   * @param values records, parts, lists and optionals of them
   * @return the classes, sorted by name
   * @throws IllegalArgumentException if a part is no record: what it is made of could not be seen
   */
  public static SortedSet<Class<?>> in(Object... values) {
    PartClasses classes = new PartClasses();
    for (Object value : values) {
      classes.visit(value);
    }
    return classes.found;
  }

  private void visit(Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(this::visit);
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(this::visit);
    } else if (value instanceof Record held) {
      if (held instanceof Named) {
        found.add(held.getClass());
      }
      for (RecordComponent component : held.getClass().getRecordComponents()) {
        visit(read(component, held));
      }
    } else if (value instanceof Named part) {
      throw new IllegalArgumentException(
          "part \"" + part.typeName() + "\": " + part.getClass().getName() + " is no record");
    }
  }

  private static Object read(RecordComponent component, Record held) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(held);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          held.getClass().getName() + ": cannot read " + component.getName() + ": " + e, e);
    }
  }
}
