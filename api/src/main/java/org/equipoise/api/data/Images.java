package org.equipoise.api.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/** Examples that are images, brought to one size. */
public sealed interface Images extends Examples permits ImageExamples, ImageFiles {

  /**
   * Returns size, channels and normalisation.
   *
   * @return the same for every image
   */
  ImageFormat format();

  /**
   * Returns the same images under another normalisation.
   *
   * @param mean what is subtracted from each channel, of values scaled to [0, 1]
   * @param std what each channel is divided by then
   * @return images that share their pixels or files with these
   * @throws IllegalArgumentException if there is not one number a channel
   */
  Images normalisedBy(List<Double> mean, List<Double> std);

  @Override
  default Shape inputShape() {
    ImageFormat format = format();
    return new Shape(format.channels(), format.height(), format.width());
  }
}
