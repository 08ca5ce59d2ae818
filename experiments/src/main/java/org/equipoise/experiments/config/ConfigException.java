package org.equipoise.experiments.config;

import java.util.List;

/** Says everything that is wrong with a config, in the order of the file. */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Gathers problems.
   *
   * @param file the file's name
   * @param problems at least one
   */
  public ConfigException(String file, List<Problem> problems) {
    super(message(file, problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(String file, List<Problem> problems) {
    StringBuilder text = new StringBuilder(file).append(" has ").append(problems.size());
    text.append(problems.size() == 1 ? " problem" : " problems");
    for (int i = 0; i < problems.size(); i++) {
      text.append('\n').append(i + 1).append(") ").append(problems.get(i));
    }
    return text.toString();
  }

  /**
   * Returns the problems.
   *
   * @return at least one, in the order of the file
   */
  public List<Problem> problems() {
    return problems;
  }
}
