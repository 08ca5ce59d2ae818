package org.equipoise.experiments.data.images;

import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop.Window;

/**
 * How an image of any size becomes one of the size that a network takes: torchvision's {@code
 * RandomResizedCrop(S)} in training, and {@code Resize(S / share)} with {@code CenterCrop(S)} in
 * evaluation.
 *
 * @param size rows and columns of the result
 * @param channels 1 or 3
 * @param centreCrop the share of the shorter side that evaluation sees, in (0, 1]
 */
public record Framing(int size, int channels, double centreCrop) {

  /**
   * Reads an image into a batch.
   *
   * @param file the image
   * @param crop what is cut from it; if nothing, its centre
   * @param random what the crop draws from; otherwise untouched
   * @param batch where to
   * @param offset the first byte to write; size x size x channels are written
   * @throws DamagedImageException if the file cannot be read
   */
  public void read(
      Path file,
      Optional<RandomResizedCrop> crop,
      RandomGenerator random,
      byte[] batch,
      int offset) {
    Pixels image = ImageDecoder.decode(file, channels);
    if (crop.isPresent()) {
      Window window = crop.get().window(image.height(), image.width(), random);
      Resampler.resample(
          image,
          new Resampler.Axis(window.top(), window.height(), size, 0, size),
          new Resampler.Axis(window.left(), window.width(), size, 0, size),
          batch,
          offset);
    } else {
      int shorter = Math.min(image.height(), image.width());
      Resampler.resample(
          image, centre(image.height(), shorter), centre(image.width(), shorter), batch, offset);
    }
  }

  private Resampler.Axis centre(int length, int shorter) {
    int newShorter = (int) Math.rint(size / centreCrop);
    int newLength = (int) ((double) newShorter * length / shorter);
    int first = (int) Math.rint((newLength - size) / 2.0);
    return new Resampler.Axis(0, length, newLength, first, size);
  }
}
