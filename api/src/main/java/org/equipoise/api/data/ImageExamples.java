package org.equipoise.api.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Images of one size, all in memory.
 *
 * <p>Immutable as long as the caller leaves the pixel array alone: it is not copied, for it may be
 * hundreds of megabytes.
 */
public final class ImageExamples implements Images {

  private final byte[] pixels;
  private final int[] labels;
  private final ImageFormat format;

  /**
   * Holds images.
   *
   * @param pixels unsigned bytes, (N, height, width, channels), row-major; not copied
   * @param labels one label an image; copied
   * @param format what the bytes mean
   * @throws IllegalArgumentException if the lengths do not agree
   */
  public ImageExamples(byte[] pixels, int[] labels, ImageFormat format) {
    long expected = (long) labels.length * format.bytesPerImage();
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "images: "
              + labels.length
              + " images of "
              + format
              + " are "
              + expected
              + " bytes, but there are "
              + pixels.length);
    }
    this.pixels = pixels;
    this.labels = labels.clone();
    this.format = format;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public ImageFormat format() {
    return format;
  }

  /**
   * Returns all pixels, (N, height, width, channels), unsigned.
   *
   * @return a read-only view
   */
  public ByteBuffer pixels() {
    return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
  }

  @Override
  public ImageExamples normalisedBy(List<Double> mean, List<Double> std) {
    return new ImageExamples(pixels, labels, format.normalisedBy(mean, std));
  }

  /**
   * Returns some of the images.
   *
   * @param indices which ones, each in [0, N), in the order wanted
   * @return new images
   */
  public ImageExamples select(int[] indices) {
    int stride = format.bytesPerImage();
    byte[] chosen = new byte[Math.multiplyExact(indices.length, stride)];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * stride, chosen, i * stride, stride);
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageExamples(chosen, chosenLabels, format);
  }

  /**
   * What the bytes of an image mean.
   *
   * @param height rows, in pixels
   * @param width columns, in pixels
   * @param channels values a pixel
   * @param mean what is subtracted from each channel, of values scaled to [0, 1]
   * @param std what each channel is divided by then
   */
  public record ImageFormat(
      int height, int width, int channels, List<Double> mean, List<Double> std) {

    /** Copies the lists and checks the ranges. */
    public ImageFormat {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (height < 1 || width < 1 || channels < 1) {
        throw new IllegalArgumentException(
            "image format: " + height + "x" + width + "x" + channels + "; expected each >= 1");
      }
      if (mean.size() != channels || std.size() != channels) {
        throw new IllegalArgumentException(
            "image format: mean and std need one number for each of " + channels + " channels");
      }
    }

    /**
     * Returns the number of bytes of one image.
     *
     * @return height x width x channels
     */
    public int bytesPerImage() {
      return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /**
     * Returns the same size and channels under another normalisation.
     *
     * @param mean what is subtracted from each channel
     * @param std what each channel is divided by then
     * @return the format
     */
    public ImageFormat normalisedBy(List<Double> mean, List<Double> std) {
      return new ImageFormat(height, width, channels, mean, std);
    }

    @Override
    public String toString() {
      return Arrays.asList(height, width, channels).toString();
    }
  }
}
