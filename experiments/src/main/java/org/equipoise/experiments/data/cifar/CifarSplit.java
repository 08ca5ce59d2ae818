package org.equipoise.experiments.data.cifar;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/** The images of some files, one after the other. */
final class CifarSplit {

  // Of CIFAR-10; the published recipes use them for CIFAR-100 too.
  private static final ImageFormat FORMAT =
      new ImageFormat(
          CifarRelease.SIDE,
          CifarRelease.SIDE,
          CifarRelease.CHANNELS,
          List.of(0.4914, 0.4822, 0.4465),
          List.of(0.2023, 0.1994, 0.2010));

  private final List<CifarFile> files;
  private final int[] labels;

  CifarSplit(List<CifarFile> files) {
    this.files = List.copyOf(files);
    this.labels = files.stream().map(CifarFile::labels).flatMapToInt(Arrays::stream).toArray();
  }

  /** Returns the label of every image. */
  int[] labels() {
    return labels.clone();
  }

  /** Reads all images. */
  ImageExamples all() throws IOException {
    int[] indices = new int[labels.length];
    Arrays.setAll(indices, i -> i);
    return select(indices);
  }

  /**
   * Reads some images.
   *
   * @param indices which ones, in the order wanted
   * @return the images
   * @throws IOException if a file cannot be read
   */
  ImageExamples select(int[] indices) throws IOException {
    byte[] pixels = new byte[Math.multiplyExact(indices.length, CifarRelease.PIXEL_BYTES)];
    int[] chosenLabels = new int[indices.length];
    int first = 0;
    for (CifarFile file : files) {
      try (FileChannel channel = file.open()) {
        for (int i = 0; i < indices.length; i++) {
          int image = indices[i] - first;
          if (image >= 0 && image < file.size()) {
            file.copyImage(channel, image, pixels, i * CifarRelease.PIXEL_BYTES);
            chosenLabels[i] = labels[indices[i]];
          }
        }
      }
      first += file.size();
    }
    return new ImageExamples(pixels, chosenLabels, FORMAT);
  }
}
