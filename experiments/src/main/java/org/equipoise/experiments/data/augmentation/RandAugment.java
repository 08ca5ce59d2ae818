package org.equipoise.experiments.data.augmentation;

import static org.equipoise.experiments.data.augmentation.Operation.AUTO_CONTRAST;
import static org.equipoise.experiments.data.augmentation.Operation.BRIGHTNESS;
import static org.equipoise.experiments.data.augmentation.Operation.COLOR;
import static org.equipoise.experiments.data.augmentation.Operation.CONTRAST;
import static org.equipoise.experiments.data.augmentation.Operation.EQUALIZE;
import static org.equipoise.experiments.data.augmentation.Operation.IDENTITY;
import static org.equipoise.experiments.data.augmentation.Operation.POSTERIZE;
import static org.equipoise.experiments.data.augmentation.Operation.ROTATE;
import static org.equipoise.experiments.data.augmentation.Operation.SHARPNESS;
import static org.equipoise.experiments.data.augmentation.Operation.SHEAR_X;
import static org.equipoise.experiments.data.augmentation.Operation.SHEAR_Y;
import static org.equipoise.experiments.data.augmentation.Operation.SOLARIZE;
import static org.equipoise.experiments.data.augmentation.Operation.TRANSLATE_X;
import static org.equipoise.experiments.data.augmentation.Operation.TRANSLATE_Y;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/**
 * Operations drawn at random, all of one strength, one after the other, for each image of a batch
 * on its own.
 *
 * <p>There are 14 operations, equally likely; one may come twice. Those that can go both ways go
 * either way with probability one half. The strength is {@code magnitude / 30} of an operation's
 * range, and more magnitude is more change:
 *
 * <ul>
 *   <li>identity, auto-contrast, equalize: without a strength
 *   <li>rotate: up to 30 degrees either way
 *   <li>solarize: inverts values from a threshold on, which falls from 256 to 0
 *   <li>posterize: keeps 8 bits down to 4
 *   <li>color, contrast, brightness, sharpness: a factor of 1 - 0.9 to 1 + 0.9
 *   <li>shear-x, shear-y: up to 0.3 either way
 *   <li>translate-x, translate-y: up to 150/331 of the side either way
 * </ul>
 *
 * <p>What a magnitude means differs: the paper's text has a scale of 0 to 10 for the method and 0
 * to 30 in the experiments, and gives no table of ranges. torchvision has 31 steps from 0 to 30, as
 * here. The authors' released code for TensorFlow has the divisor 10 at any magnitude, so that its
 * 9 is nearly the whole range and its 28 far beyond; there solarize and posterize grow weaker with
 * the magnitude, the four enhancements go from 0.1 over 1 (at 5) to 1.9 and never either way, and
 * the list has invert, solarize-add and Cutout but no identity. A magnitude cannot be carried over
 * from one to the other.
 *
 * <p>Operations work on bytes, as in the Python Imaging Library, so values are rounded to 255ths
 * first.
 *
 * @param operations the operations an image undergoes, N in the paper, &gt;= 1
 * @param magnitude the strength in 30ths of the range, M in the paper, 0..30
 * @param fill the value of what comes in from outside when an image is moved, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1909.13719">Cubuk et al. 2020, RandAugment: Practical
 *     Automated Data Augmentation with a Reduced Search Space, section 3; appendix A.2.3 for N and
 *     M</a>
 */
@Described(
    summary = "Operations drawn at random, all of one strength.",
    formula =
        "N times: an operation uniform over 14, at strength M/30 of its range, either sign where it"
            + " can go both ways",
    source =
        "Cubuk et al. 2020, RandAugment, section 3; N = 2 and M = 9 as for ResNet-50 on ImageNet"
            + " in appendix A.2.3; ranges as in torchvision",
    differs =
        "The authors' code divides by 10 at any magnitude, weakens solarize and posterize with it"
            + " and has another list; torchvision fills with black.")
public record RandAugment(int operations, int magnitude, double fill) implements AugmentationSpec {

  private static final double LARGEST = 30;

  private static final List<Operation> CHOICES =
      List.of(
          IDENTITY,
          AUTO_CONTRAST,
          EQUALIZE,
          ROTATE,
          SOLARIZE,
          COLOR,
          POSTERIZE,
          CONTRAST,
          BRIGHTNESS,
          SHARPNESS,
          SHEAR_X,
          SHEAR_Y,
          TRANSLATE_X,
          TRANSLATE_Y);

  /**
   * Two operations of magnitude 9, as published for ResNet-50 on ImageNet; middle grey (0.5, byte
   * 128) comes in from outside.
   */
  public RandAugment() {
    this(2, 9, 0.5);
  }

  /** Checks the ranges. */
  public RandAugment {
    if (operations < 1) {
      throw new IllegalArgumentException("operations: expected >= 1, is " + operations);
    }
    if (!(magnitude >= 0 && magnitude <= LARGEST)) {
      throw new IllegalArgumentException("magnitude: expected 0..30, is " + magnitude);
    }
    if (!(fill >= 0 && fill <= 1)) {
      throw new IllegalArgumentException("fill: expected 0..1, is " + fill);
    }
  }

  @Override
  public void check(ImageFormat format) {
    ByteImages.requireGreyOrColour(typeName(), format.channels());
  }

  /**
   * Changes a batch.
   *
   * <p>Draws for each image and operation which, then, if it can go both ways, which way.
   *
   * @throws IllegalArgumentException if the images have neither 1 nor 3 channels
   */
  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    int filling = ByteImages.toByte(fill);
    return ByteImages.changed(
        typeName(),
        images,
        image -> {
          ByteImage changed = image;
          for (int i = 0; i < operations; i++) {
            Operation drawn = CHOICES.get(random.nextInt(CHOICES.size()));
            changed = drawn.either(changed, magnitude / LARGEST, filling, random);
          }
          return changed;
        });
  }
}
