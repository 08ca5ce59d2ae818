package org.equipoise.experiments.data.folders;

/**
 * An image file that cannot be read.
 *
 * @param index its place among the files of its split
 * @param name its name below the root, with slashes
 * @param reason what is wrong with it, to follow its name
 */
public record Unreadable(int index, String name, String reason) {

  @Override
  public String toString() {
    return name + " " + reason;
  }
}
