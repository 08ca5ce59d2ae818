package org.equipoise.experiments.config;

/** Writes places in a config: {@code arms[1].method.loss}. */
final class Paths {

  private Paths() {}

  static String key(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }

  static String index(String parent, int index) {
    return parent + "[" + index + "]";
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  /** Returns the key that a path of a key ends with. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
