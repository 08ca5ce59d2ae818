package org.equipoise.samplers;

import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * Repeats images with rare classes, for detection and other images with several labels.
 *
 * <p>Every epoch has each image at least once. An image is repeated as its rarest class asks for:
 * r_i times on average, rounded at random to the integer below or above, anew each epoch. An image
 * without labels, or with frequent classes alone, comes once. The list is shuffled.
 *
 * <p>So an epoch is longer than the split, by how much varies, and {@code steps} knows it exactly.
 * With {@code stepsPerEpoch}, an epoch has that many full batches, and goes on with a further list
 * where one ends. {@code classProbabilities} are the shares of labels in the list that is expected.
 *
 * <p>A class counts once an image however many objects of it there are, and frequencies are of all
 * images, those without labels included. An epoch takes one int per draw of memory, a draw constant
 * time.
 *
 * @param threshold t, the share of images below which a class is rare, in [0, 1]; default 0.001, as
 *     published for LVIS; at 0 nothing is repeated
 * @param sqrt whether the factor is the square root of t / f_c, as published and by default, or t /
 *     f_c itself, which raises the frequency of a rare class to t at least
 * @see <a href="https://arxiv.org/abs/1908.03195">Gupta, Dollar and Girshick 2019, LVIS: A Dataset
 *     for Large Vocabulary Instance Segmentation, repeat factor sampling</a>
 */
@Described(
    summary = "Repeats images with rare classes, by the rarest class of each.",
    formula =
        "r_i = max over classes c of image i of max(1, sqrt(t / f_c)), 1 without any; f_c = images"
            + " with c / images; floor(r_i) + [u < frac(r_i)] copies an epoch",
    source =
        "Gupta, Dollar and Girshick 2019, LVIS: A Dataset for Large Vocabulary Instance"
            + " Segmentation, repeat factor sampling; rounding as in detectron2",
    differs =
        "mmdetection's ClassBalancedDataset repeats ceil(r_i) times in every epoch; here, as in"
            + " detectron2, the rounding is drawn anew each epoch.")
public record RepeatFactor(double threshold, boolean sqrt) implements SamplerSpec {

  /** As published for LVIS: threshold 0.001, square root. */
  public RepeatFactor() {
    this(0.001, true);
  }

  /** Checks the range. */
  public RepeatFactor {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold: must be in [0, 1], was " + threshold);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, one an object or one a class in an image; batch size, streams
   * @return the sampler
   * @throws IllegalArgumentException if no image has a label, or an epoch may have more draws than
   *     an int holds
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    DrawnLabels.requireAny(typeName(), context.index());
    RepeatFactors factors = RepeatFactors.of(context.index(), threshold, sqrt);
    if (factors.longest() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "repeat-factor: threshold "
              + threshold
              + " makes epochs of up to "
              + factors.longest()
              + " draws; expected at most "
              + Integer.MAX_VALUE);
    }
    return new RepeatFactorSampler(context, factors);
  }
}
