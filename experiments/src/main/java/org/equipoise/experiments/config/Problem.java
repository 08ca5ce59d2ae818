package org.equipoise.experiments.config;

/**
 * One thing that is wrong with a config.
 *
 * @param path where, such as {@code arms[1].method.loss.tau}; empty for the whole file
 * @param text what, and what was expected
 */
public record Problem(String path, String text) {

  @Override
  public String toString() {
    return path.isEmpty() ? text : path + ": " + text;
  }
}
