package org.equipoise.api.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/**
 * Image files that are read whenever they are drawn: what is in memory is names and labels alone.
 *
 * <p>Immutable. Names are kept as the bytes of one array, so that a split costs eight bytes an
 * image and the length of its name: about 30 MB for the 437,513 of iNaturalist 2018.
 *
 * <p>For evaluation an image is resized until its shorter side is {@code size / centreCrop} pixels,
 * and its centre is cut out; what training does besides is said by its augmentation.
 */
public final class ImageFiles implements Examples {

  private final Path root;
  private final byte[] names;
  private final int[] nameStart;
  private final int[] labels;
  private final ImageFormat format;
  private final double centreCrop;

  /**
   * Holds names and labels; no file is looked at.
   *
   * @param root the folder that names start from
   * @param names the name of each file below the root, with slashes
   * @param labels one label a file; copied
   * @param format the size that every image is brought to, square, of 1 or 3 channels, and its
   *     normalisation
   * @param centreCrop the share of an image's shorter side that evaluation sees, in (0, 1]
   * @throws IllegalArgumentException if the lengths do not agree or a value is out of range
   */
  public ImageFiles(
      Path root, Collection<String> names, int[] labels, ImageFormat format, double centreCrop) {
    if (names.size() != labels.length) {
      throw new IllegalArgumentException(
          "image files: " + names.size() + " names, but " + labels.length + " labels");
    }
    boolean square = format.height() == format.width();
    if (!square || (format.channels() != 1 && format.channels() != 3)) {
      throw new IllegalArgumentException(
          "image files: expected a square format of 1 or 3 channels, was " + format);
    }
    if (!(centreCrop > 0 && centreCrop <= 1)) {
      throw new IllegalArgumentException("centreCrop: expected in (0, 1], was " + centreCrop);
    }
    this.root = Objects.requireNonNull(root, "root");
    this.labels = labels.clone();
    this.format = format;
    this.centreCrop = centreCrop;
    this.nameStart = new int[labels.length + 1];
    int at = 0;
    int length = 0;
    for (String name : names) {
      length = Math.addExact(length, name.getBytes(StandardCharsets.UTF_8).length);
      nameStart[++at] = length;
    }
    this.names = new byte[length];
    at = 0;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, this.names, nameStart[at++], bytes.length);
    }
  }

  private ImageFiles(ImageFiles files, ImageFormat format) {
    this.root = files.root;
    this.names = files.names;
    this.nameStart = files.nameStart;
    this.labels = files.labels;
    this.format = format;
    this.centreCrop = files.centreCrop;
  }

  /**
   * Returns the same files, normalised in another way.
   *
   * @param mean what is subtracted from each channel, of values scaled to [0, 1]
   * @param std what each channel is divided by then
   * @return the same names and labels, shared
   * @throws IllegalArgumentException if there is not one number for each channel
   */
  public ImageFiles normalisedBy(List<Double> mean, List<Double> std) {
    return new ImageFiles(
        this, new ImageFormat(format.height(), format.width(), format.channels(), mean, std));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /**
   * Returns the label of one file.
   *
   * @param example the file, in [0, N)
   * @return its class id
   */
  public int label(int example) {
    return labels[example];
  }

  /**
   * Returns the name of one file.
   *
   * @param example the file, in [0, N)
   * @return its name below the root, with slashes
   */
  public String name(int example) {
    int start = nameStart[example];
    return new String(names, start, nameStart[example + 1] - start, StandardCharsets.UTF_8);
  }

  /**
   * Returns where one file is.
   *
   * @param example the file, in [0, N)
   * @return its name resolved against the root
   */
  public Path path(int example) {
    return root.resolve(name(example));
  }

  /**
   * Returns the size that every image is brought to, and its normalisation.
   *
   * @return a square format of 1 or 3 channels
   */
  public ImageFormat format() {
    return format;
  }

  /**
   * Returns the share of an image's shorter side that evaluation sees.
   *
   * @return a number in (0, 1]
   */
  public double centreCrop() {
    return centreCrop;
  }

  @Override
  public String toString() {
    return "ImageFiles[root=" + root + ", size=" + size() + ", format=" + format + "]";
  }
}
