package org.equipoise.evaluation.detection;

/** What the official tools pass over in silence. */
public enum Finding {
  /** Detections of categories that the ground truth does not have. */
  UNKNOWN_CATEGORY("detections of categories that the ground truth does not have: dropped"),
  /** Annotations of images or categories that are not listed. */
  STRAY_ANNOTATION("annotations of images or categories that are not listed: dropped"),
  /** Annotations without an area, which LVIS drops. */
  EMPTY_ANNOTATION("annotations whose area is not above 0: dropped"),
  /** Detections without an area, which LVIS drops. */
  EMPTY_DETECTION("detections whose area is not above 0: dropped"),
  /** Detections with a box of negative width or height, which overlaps nothing. */
  NEGATIVE_SIDE("detections whose box has a negative width or height"),
  /** Detections beyond what an image, or an image and category, may have. */
  OVER_LIMIT("detections beyond the limit of an image: left out"),
  /** Detections of categories that LVIS neither found nor looked for in the image. */
  UNVERIFIED("detections of categories that nobody looked for in the image: left out"),
  /** Detections whose mask is of another size than the ground truth's where their boxes overlap. */
  OTHER_SIZE("detections whose mask has another size than the ground truth's: never matched"),
  /** Annotations with the id 0, which the official tools take for "unmatched". */
  ID_ZERO("annotations with the id 0: what matches them counts as unmatched, as officially");

  private final String text;

  Finding(String text) {
    this.text = text;
  }

  /**
   * Returns what a count is of, and what became of it.
   *
   * @return words that go after a number
   */
  public String text() {
    return text;
  }
}
