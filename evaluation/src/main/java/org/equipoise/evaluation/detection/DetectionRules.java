package org.equipoise.evaluation.detection;

import java.util.Locale;

/** Whose rules are followed. */
public enum DetectionRules {
  /**
   * Those of pycocotools: crowds are ignored and may be matched often; of each image and category
   * the best 100 detections count.
   */
  COCO,
  /**
   * Those of lvis-api: of each image the best 300 detections count; detections of categories that
   * nobody looked for in an image are dropped.
   */
  LVIS;

  /**
   * Returns the name on command lines.
   *
   * @return {@code coco} or {@code lvis}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
