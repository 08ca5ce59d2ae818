package org.equipoise.evaluation.detection;

import java.util.List;

/**
 * An evaluation by the rules of COCO or LVIS: ground truth and detections to tallies, tallies to a
 * result.
 *
 * <p>Linear in the number of detections; images and categories that have none cost nothing. The
 * result has the same bits on any number of threads and for any order of merging.
 *
 * @param rules whose rules
 * @param iouType what is compared
 * @param limit which detections take part
 * @param threads how many threads match and compute, &gt;= 1
 * @see <a href="https://arxiv.org/abs/1908.03195">Gupta et al. 2019, LVIS: A Dataset for Large
 *     Vocabulary Instance Segmentation, section 3.3 and 4.1; lvis-api</a>
 * @see <a href="https://arxiv.org/abs/1405.0312">Lin et al. 2014, Microsoft COCO; pycocotools</a>
 */
public record DetectionEvaluation(
    DetectionRules rules, IouType iouType, DetectionLimit limit, int threads) {

  /** Checks the range. */
  public DetectionEvaluation {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: must be >= 1, is " + threads);
    }
    if (rules == DetectionRules.COCO && limit == DetectionLimit.FIXED) {
      throw new IllegalArgumentException("limit: FIXED is for the rules of LVIS");
    }
  }

  /**
   * Evaluates on one thread, with the official limit.
   *
   * @param rules whose rules
   * @param iouType what is compared
   */
  public DetectionEvaluation(DetectionRules rules, IouType iouType) {
    this(rules, iouType, DetectionLimit.OFFICIAL, 1);
  }

  /**
   * Returns the tally of no image: what merging begins with.
   *
   * @return the neutral element of {@link DetectionTally#plus}
   */
  public DetectionTally empty() {
    return new DetectionTally(this, List.of());
  }

  /**
   * Matches the detections of some images.
   *
   * @param detections the detections, in the order of the model; the images of their ground truth,
   *     also those without a detection, are what the tally is of
   * @return the tally
   * @throws IllegalArgumentException if a box or mask is missing or wrong; the message says where
   */
  public DetectionTally tally(Detections detections) {
    DetectionSelection selection = DetectionSelection.of(detections, rules, limit);
    return new DetectionTally(
        this,
        List.of(
            new Matching(detections.truth, detections, rules, iouType, selection)
                .match(threads, selection)));
  }
}
