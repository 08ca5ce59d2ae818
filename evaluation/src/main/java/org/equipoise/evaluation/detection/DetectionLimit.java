package org.equipoise.evaluation.detection;

/** Which detections take part. */
public enum DetectionLimit {
  /** The best 300 of each image (LVIS), or 100 of each image and category (COCO). */
  OFFICIAL,
  /**
   * The best 10,000 of each category over the data set, however many of an image: AP-fixed, which
   * makes categories independent of each other. A tally must then hold the whole data set.
   *
   * @see <a href="https://arxiv.org/abs/2102.01066">Dave et al. 2021, Evaluating Large-Vocabulary
   *     Object Detectors: The Devil is in the Details, section 4</a>
   */
  FIXED
}
