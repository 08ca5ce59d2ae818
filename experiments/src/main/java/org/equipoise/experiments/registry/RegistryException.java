package org.equipoise.experiments.registry;

import java.util.List;

/** Says which plug-ins cannot be used, and why: all of them at once. */
public final class RegistryException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  RegistryException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " parts cannot be used:\n" + String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns the problems.
   *
   * @return one sentence each; at least one
   */
  public List<String> problems() {
    return problems;
  }
}
