package org.equipoise.evaluation.detection;

import java.util.Locale;

/** What detections and ground truth are compared by. */
public enum IouType {
  /** Boxes. */
  BBOX,
  /** Masks. */
  SEGM;

  /**
   * Returns the name in files and on command lines.
   *
   * @return {@code bbox} or {@code segm}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
