package org.equipoise.experiments.config;

import java.util.List;
import org.equipoise.api.method.MethodSpec;

/**
 * One arm of an experiment.
 *
 * @param id its name in reports and folders: letters, digits, {@code .}, {@code _} and {@code -}
 * @param method what it does
 * @param accept the conflicts between its parts that are meant; they change no result, and so are
 *     no part of the identity of its runs
 */
public record ArmConfig(String id, MethodSpec method, List<ConflictKind> accept) {

  /** Copies the list. */
  public ArmConfig {
    accept = List.copyOf(accept);
  }

  /**
   * An arm that accepts no conflict.
   *
   * @param id its name
   * @param method what it does
   */
  public ArmConfig(String id, MethodSpec method) {
    this(id, method, List.of());
  }
}
