package org.equipoise.evaluation.detection;

import java.util.Arrays;
import java.util.Optional;

/**
 * In how many images of LVIS's train set a category is: at most 10, 11 to 100, more than 100. Read
 * from the annotation file, never recomputed.
 */
public enum FrequencyGroup {
  /** At most 10 images. */
  RARE("r"),
  /** From 11 to 100 images. */
  COMMON("c"),
  /** More than 100 images. */
  FREQUENT("f");

  private final String label;

  FrequencyGroup(String label) {
    this.label = label;
  }

  /**
   * Returns the letter in annotation files.
   *
   * @return {@code r}, {@code c} or {@code f}
   */
  public String label() {
    return label;
  }

  /**
   * Finds the group of a letter.
   *
   * @param label the letter
   * @return the group, if there is one
   */
  public static Optional<FrequencyGroup> ofLabel(String label) {
    return Arrays.stream(values()).filter(group -> group.label.equals(label)).findFirst();
  }
}
