package org.equipoise.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.equipoise.api.Named;

/** Finds the SPI that a part belongs to. */
final class Spi {

  private Spi() {}

  /** Returns the interface that extends {@link Named} directly, such as {@code LossSpec}. */
  static Class<?> of(Class<?> part) {
    Deque<Class<?>> open = new ArrayDeque<>(List.of(part.getInterfaces()));
    while (!open.isEmpty()) {
      Class<?> candidate = open.poll();
      List<Class<?>> parents = List.of(candidate.getInterfaces());
      if (parents.contains(Named.class)) {
        return candidate;
      }
      open.addAll(parents);
    }
    throw new AssertionError(part + " implements no SPI: no interface of it extends Named");
  }
}
