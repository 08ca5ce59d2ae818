package org.equipoise.experiments.data.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * Batches of images, taken as bytes one by one.
 *
 * <p>Policies give each image other operations, so there is no tensor operation for a batch: these
 * are plain loops over bytes.
 */
final class ByteImages {

  private static final int WHITE = 255;
  private static final int RGB = 3;

  private ByteImages() {}

  /**
   * Changes each image of a batch on its own, in order.
   *
   * @param augmentation its type name, for errors
   * @param images (N, height, width, channels), float32; rounded to 255ths
   * @param change gives an image of the same size
   * @return the changed images, in the manager of the argument
   * @throws IllegalArgumentException if the images have neither 1 nor 3 channels
   */
  static NDArray changed(String augmentation, NDArray images, UnaryOperator<ByteImage> change) {
    Shape shape = images.getShape();
    int channels = (int) shape.get(3);
    requireGreyOrColour(augmentation, channels);
    float[] all = images.toFloatArray();
    int size = (int) shape.size() / (int) shape.get(0);
    for (int start = 0; start < all.length; start += size) {
      int[] values = new int[size];
      for (int i = 0; i < size; i++) {
        values[i] = toByte(all[start + i]);
      }
      ByteImage image = new ByteImage((int) shape.get(1), (int) shape.get(2), channels, values);
      int[] changed = change.apply(image).values();
      for (int i = 0; i < size; i++) {
        all[start + i] = (float) changed[i] / WHITE;
      }
    }
    return images.getManager().create(all, shape);
  }

  /**
   * Checks a number of channels.
   *
   * @param augmentation its type name, for errors
   * @param channels the number of values a pixel
   * @throws IllegalArgumentException if it is neither 1 nor 3
   */
  static void requireGreyOrColour(String augmentation, long channels) {
    if (channels != 1 && channels != RGB) {
      throw new IllegalArgumentException(
          augmentation + ": expected images of 1 or 3 channels, have " + channels);
    }
  }

  /** Rounds a value, clipped to [0, 1], to 0..255. */
  static int toByte(double value) {
    return (int) Math.rint(Math.min(1, Math.max(0, value)) * WHITE);
  }
}
