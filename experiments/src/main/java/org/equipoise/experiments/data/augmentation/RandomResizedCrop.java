package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;

/**
 * Cuts a rectangle of random size and shape from a random place and stretches it to the old size,
 * for each image of a batch on its own.
 *
 * <p>Area and shape are drawn up to ten times until the rectangle fits; then the largest one of an
 * allowed shape is taken from the middle. Stretching is bilinear, with pixels as small squares
 * whose values stand in their centres.
 *
 * <p>Of image files it has to be the first change: it is then made while an image is read, cuts
 * from the whole image whatever its size, and brings the rectangle to the size of the data set.
 *
 * @param minScale the least share of the image's area, in (0, 1]
 * @param maxScale the largest share of it, in [minScale, 1]
 * @param minRatio the least width / height, &gt; 0
 * @param maxRatio the largest width / height, &gt;= minRatio; the logarithm is uniform
 * @see <a href="https://arxiv.org/abs/1409.4842">Szegedy et al. 2015, Going Deeper with
 *     Convolutions</a>
 */
@Described(
    summary = "Cuts a rectangle of random size and shape and stretches it to the old size.",
    formula =
        "area = s H W, s uniform; w / h = exp(u), u uniform in [ln minRatio, ln maxRatio]; offset"
            + " uniform; bilinear to H x W",
    source = "Szegedy et al. 2015, Going deeper with convolutions; torchvision RandomResizedCrop",
    differs =
        "Of images in memory, keeps the size that they have, real-valued, not rounded to bytes; of"
            + " image files, as torchvision does.")
public record RandomResizedCrop(double minScale, double maxScale, double minRatio, double maxRatio)
    implements AugmentationSpec {

  private static final int ATTEMPTS = 10;

  /** 8% to 100% of the area, width / height from 3/4 to 4/3. */
  public RandomResizedCrop() {
    this(0.08, 1, 3.0 / 4, 4.0 / 3);
  }

  /** Checks the ranges. */
  public RandomResizedCrop {
    if (!(minScale > 0 && minScale <= 1)) {
      throw new IllegalArgumentException("minScale: expected in (0, 1], is " + minScale);
    }
    if (!(maxScale >= minScale && maxScale <= 1)) {
      throw new IllegalArgumentException(
          "maxScale: expected in [" + minScale + ", 1], is " + maxScale);
    }
    if (!(minRatio > 0 && Double.isFinite(minRatio))) {
      throw new IllegalArgumentException("minRatio: expected > 0, is " + minRatio);
    }
    if (!(maxRatio >= minRatio && Double.isFinite(maxRatio))) {
      throw new IllegalArgumentException("maxRatio: expected >= " + minRatio + ", is " + maxRatio);
    }
  }

  @Override
  public NDArray apply(NDArray images, RandomGenerator random) {
    Shape shape = images.getShape();
    int n = (int) shape.get(0);
    int height = (int) shape.get(1);
    int width = (int) shape.get(2);
    long channels = shape.get(3);
    float[] rows = new float[n * height * height];
    float[] columns = new float[n * width * width];
    for (int i = 0; i < n; i++) {
      Window window = window(height, width, random);
      weigh(rows, i, height, window.top(), window.height());
      weigh(columns, i, width, window.left(), window.width());
    }
    try (NDManager scratch = images.getManager().newSubManager()) {
      NDArray source = images.stopGradient();
      source.attach(scratch);
      NDArray stretchedDown =
          scratch
              .create(rows, new Shape(n, height, height))
              .matMul(source.reshape(n, height, width * channels))
              .reshape(shape);
      NDArray stretched =
          scratch.create(columns, new Shape(n, 1, width, width)).matMul(stretchedDown);
      stretched.attach(images.getManager());
      return stretched;
    }
  }

  /**
   * Draws a rectangle, as is done for each image.
   *
   * @param height rows of the image, &gt;= 1
   * @param width columns of the image, &gt;= 1
   * @param random the stream that is drawn from
   * @return a rectangle within the image
   */
  public Window window(int height, int width, RandomGenerator random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area =
          (double) height * width * (minScale + random.nextDouble() * (maxScale - minScale));
      double ratio =
          Math.exp(
              Math.log(minRatio) + random.nextDouble() * (Math.log(maxRatio) - Math.log(minRatio)));
      int w = (int) Math.rint(Math.sqrt(area * ratio));
      int h = (int) Math.rint(Math.sqrt(area / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        return new Window(random.nextInt(height - h + 1), random.nextInt(width - w + 1), h, w);
      }
    }
    double own = (double) width / height;
    double ratio = Math.min(Math.max(own, minRatio), maxRatio);
    int h = own < ratio ? Math.max(1, (int) Math.rint(width / ratio)) : height;
    int w = own > ratio ? Math.max(1, (int) Math.rint(height * ratio)) : width;
    return new Window((height - h) / 2, (width - w) / 2, h, w);
  }

  /**
   * Writes one image's weights (new pixel, old pixel) of stretching {@code cut} pixels to {@code
   * size}.
   *
   * <p>A cut is never larger than the image, so two old pixels are all that a new one lies between.
   */
  private static void weigh(float[] weights, int image, int size, int start, int cut) {
    for (int pixel = 0; pixel < size; pixel++) {
      double centre = (pixel + 0.5) * cut / size - 0.5;
      double inside = Math.min(Math.max(centre, 0), cut - 1);
      int below = (int) inside;
      float share = (float) (inside - below);
      int first = (image * size + pixel) * size + start + below;
      weights[first] = 1 - share;
      if (share > 0) {
        weights[first + 1] = share;
      }
    }
  }

  /**
   * A rectangle of pixels.
   *
   * @param top its first row
   * @param left its first column
   * @param height rows, &gt;= 1
   * @param width columns, &gt;= 1
   */
  public record Window(int top, int left, int height, int width) {}
}
