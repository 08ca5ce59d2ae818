package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/**
 * Changes brightness, contrast and saturation by random factors, for each image of a batch on its
 * own and in an order of its own.
 *
 * <p>Each of the three is a blend {@code f x + (1 - f) base}, clipped to [0, 1]: with black
 * (brightness), with the mean grey of the whole image as it is by then (contrast), or with the grey
 * image (saturation). A factor is uniform in {@code [max(0, 1 - strength), 1 + strength]}. All six
 * orders are equally likely.
 *
 * @param brightness the strength for brightness, &gt;= 0; 0 leaves it alone
 * @param contrast the strength for contrast, &gt;= 0
 * @param saturation the strength for saturation, &gt;= 0; without effect on images of one channel
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition (strengths)</a>
 */
@Described(
    summary = "Changes brightness, contrast and saturation at random, in random order.",
    formula =
        "x = clip(f x + (1 - f) base), base = 0, mean grey or grey; grey = 0.2989 R + 0.587 G +"
            + " 0.114 B; f uniform in [max(0, 1 - s), 1 + s]",
    source = "torchvision.transforms.ColorJitter; strengths as for ImageNet-LT, Kang et al. 2020",
    differs = "Hue is left alone, and each image of a batch has its own draws.")
public record ColorJitter(double brightness, double contrast, double saturation)
    implements AugmentationSpec {

  private static final int BRIGHTNESS = 0;
  private static final int CONTRAST = 1;
  private static final int SATURATION = 2;
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  private static final float[] GREY = {0.2989f, 0.587f, 0.114f};

  /** Strengths of 0.4 each. */
  public ColorJitter() {
    this(0.4, 0.4, 0.4);
  }

  /** Checks the ranges. */
  public ColorJitter {
    requireStrength("brightness", brightness);
    requireStrength("contrast", contrast);
    requireStrength("saturation", saturation);
  }

  private static void requireStrength(String name, double strength) {
    if (!(strength >= 0 && Double.isFinite(strength))) {
      throw new IllegalArgumentException(name + ": expected >= 0, is " + strength);
    }
  }

  @Override
  public void check(ImageFormat format) {
    ByteImages.requireGreyOrColour(typeName(), format.channels());
  }

  /**
   * Changes a batch.
   *
   * <p>Draws for each image the order, then the factors of brightness, contrast and saturation.
   *
   * @throws IllegalArgumentException if the images have neither 1 nor 3 channels
   */
  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    int n = (int) images.getShape().get(0);
    long channels = images.getShape().get(3);
    ByteImages.requireGreyOrColour(typeName(), channels);
    double[] strengths = {brightness, contrast, saturation};
    int steps = strengths.length;
    // By step: the factor of each image, and how much of which grey it is blended with.
    float[][] factors = new float[steps][n];
    float[][] means = new float[steps][n];
    float[][] greys = new float[steps][n];
    for (int i = 0; i < n; i++) {
      int[] order = ORDERS[random.nextInt(ORDERS.length)];
      double[] drawn = new double[steps];
      for (int kind = BRIGHTNESS; kind <= SATURATION; kind++) {
        double least = Math.max(0, 1 - strengths[kind]);
        drawn[kind] = least + random.nextDouble() * (1 + strengths[kind] - least);
      }
      for (int step = 0; step < steps; step++) {
        int kind = order[step];
        factors[step][i] = (float) drawn[kind];
        means[step][i] = kind == CONTRAST ? 1 - factors[step][i] : 0;
        greys[step][i] = kind == SATURATION ? 1 - factors[step][i] : 0;
      }
    }
    try (NDManager scratch = images.getManager().newSubManager()) {
      NDArray changed = images.stopGradient();
      changed.attach(scratch);
      Shape perImage = new Shape(n, 1, 1, 1);
      for (int step = 0; step < steps; step++) {
        NDArray grey = grey(changed);
        NDArray mean = grey.mean(new int[] {1}, true).mean(new int[] {2}, true);
        NDArray base =
            grey.mul(scratch.create(greys[step], perImage))
                .addi(mean.mul(scratch.create(means[step], perImage)));
        changed = changed.mul(scratch.create(factors[step], perImage)).addi(base).clip(0, 1);
      }
      changed.attach(images.getManager());
      return changed;
    }
  }

  private static NDArray grey(NDArray images) {
    return images.getShape().get(3) == 1
        ? images
        : images.mul(images.getManager().create(GREY)).sum(new int[] {3}, true);
  }
}
