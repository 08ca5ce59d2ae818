package org.equipoise.experiments.data.augmentation;

import static org.equipoise.experiments.data.augmentation.Operation.AUTO_CONTRAST;
import static org.equipoise.experiments.data.augmentation.Operation.BRIGHTNESS;
import static org.equipoise.experiments.data.augmentation.Operation.COLOR;
import static org.equipoise.experiments.data.augmentation.Operation.CONTRAST;
import static org.equipoise.experiments.data.augmentation.Operation.EQUALIZE;
import static org.equipoise.experiments.data.augmentation.Operation.INVERT;
import static org.equipoise.experiments.data.augmentation.Operation.POSTERIZE;
import static org.equipoise.experiments.data.augmentation.Operation.ROTATE;
import static org.equipoise.experiments.data.augmentation.Operation.SHARPNESS;
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
 * The policy that AutoAugment learned on CIFAR-10: one of 25 pairs of operations for each image,
 * each operation with its own probability and strength.
 *
 * <p>Operations work on bytes, as in the Python Imaging Library, so values are rounded to 255ths
 * first.
 *
 * @param fill the value of what comes in from outside when an image is moved, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1805.09501">Cubuk et al. 2019, AutoAugment: Learning
 *     Augmentation Strategies from Data</a>
 */
@Described(
    summary = "The policy of operations that was learned on CIFAR-10.",
    formula =
        "one of 25 sub-policies, uniform; each of its two operations with its probability p, at"
            + " level m of 0..9, strength m/9 of its range, either sign",
    source = "Cubuk et al. 2019, AutoAugment, the CIFAR-10 policy and the ranges in its appendix",
    differs =
        "Translates by up to 150/331 of the side, as PyTorch recipes do; moves without"
            + " interpolation, in doubles where the Python Imaging Library uses fixed point, so a"
            + " pixel on an exact tie may differ; enhancement goes either way from 1, by up to 0.9.")
public record AutoAugment(double fill) implements AugmentationSpec {

  static final List<List<Step>> POLICY =
      List.of(
          List.of(new Step(INVERT, 0.1, 7), new Step(CONTRAST, 0.2, 6)),
          List.of(new Step(ROTATE, 0.7, 2), new Step(TRANSLATE_X, 0.3, 9)),
          List.of(new Step(SHARPNESS, 0.8, 1), new Step(SHARPNESS, 0.9, 3)),
          List.of(new Step(SHEAR_Y, 0.5, 8), new Step(TRANSLATE_Y, 0.7, 9)),
          List.of(new Step(AUTO_CONTRAST, 0.5, 8), new Step(EQUALIZE, 0.9, 2)),
          List.of(new Step(SHEAR_Y, 0.2, 7), new Step(POSTERIZE, 0.3, 7)),
          List.of(new Step(COLOR, 0.4, 3), new Step(BRIGHTNESS, 0.6, 7)),
          List.of(new Step(SHARPNESS, 0.3, 9), new Step(BRIGHTNESS, 0.7, 9)),
          List.of(new Step(EQUALIZE, 0.6, 5), new Step(EQUALIZE, 0.5, 1)),
          List.of(new Step(CONTRAST, 0.6, 7), new Step(SHARPNESS, 0.6, 5)),
          List.of(new Step(COLOR, 0.7, 7), new Step(TRANSLATE_X, 0.5, 8)),
          List.of(new Step(EQUALIZE, 0.3, 7), new Step(AUTO_CONTRAST, 0.4, 8)),
          List.of(new Step(TRANSLATE_Y, 0.4, 3), new Step(SHARPNESS, 0.2, 6)),
          List.of(new Step(BRIGHTNESS, 0.9, 6), new Step(COLOR, 0.2, 8)),
          List.of(new Step(SOLARIZE, 0.5, 2), new Step(INVERT, 0.0, 3)),
          List.of(new Step(EQUALIZE, 0.2, 0), new Step(AUTO_CONTRAST, 0.6, 0)),
          List.of(new Step(EQUALIZE, 0.2, 8), new Step(EQUALIZE, 0.6, 4)),
          List.of(new Step(COLOR, 0.9, 9), new Step(EQUALIZE, 0.6, 6)),
          List.of(new Step(AUTO_CONTRAST, 0.8, 4), new Step(SOLARIZE, 0.2, 8)),
          List.of(new Step(BRIGHTNESS, 0.1, 3), new Step(COLOR, 0.7, 0)),
          List.of(new Step(SOLARIZE, 0.4, 5), new Step(AUTO_CONTRAST, 0.9, 3)),
          List.of(new Step(TRANSLATE_Y, 0.9, 9), new Step(TRANSLATE_Y, 0.7, 9)),
          List.of(new Step(AUTO_CONTRAST, 0.9, 2), new Step(SOLARIZE, 0.8, 3)),
          List.of(new Step(EQUALIZE, 0.8, 8), new Step(INVERT, 0.1, 3)),
          List.of(new Step(TRANSLATE_Y, 0.7, 9), new Step(AUTO_CONTRAST, 0.9, 1)));

  /** Middle grey (0.5, byte 128) comes in from outside. */
  public AutoAugment() {
    this(0.5);
  }

  /** Checks the range. */
  public AutoAugment {
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
   * <p>Draws for each image the sub-policy, then for each of its operations whether it comes, and
   * if so and it can go both ways, which.
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
          for (Step step : POLICY.get(random.nextInt(POLICY.size()))) {
            changed = step.apply(changed, random, filling);
          }
          return changed;
        });
  }

  /** An operation of a sub-policy. */
  record Step(Operation operation, double probability, int level) {

    private static final double LEVELS = 9;

    ByteImage apply(ByteImage image, RandomGenerator random, int fill) {
      if (random.nextDouble() >= probability) {
        return image;
      }
      return operation.either(image, level / LEVELS, fill, random);
    }
  }
}
