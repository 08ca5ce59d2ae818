package org.equipoise.experiments.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.Described;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;

/**
 * A small long-tailed part of Fashion-MNIST that comes with Equipoise: 10 classes, grey images of
 * 28x28 pixels.
 *
 * <p>2,478 train images (1000 599 359 215 129 77 46 27 16 10, imbalance factor 100) and 2,000 test
 * images, 200 a class. For trying things out and for tests: it downloads nothing.
 *
 * @see <a href="https://arxiv.org/abs/1708.07747">Xiao et al. 2017, Fashion-MNIST</a>
 */
@Described(
    summary = "A long-tailed part of Fashion-MNIST that is built in: 10 classes, imbalance 100.",
    formula = "n_c = 1000 599 359 215 129 77 46 27 16 10; 200 test images a class",
    source = "Xiao et al. 2017, Fashion-MNIST (MIT licence); the subset is Equipoise's",
    differs = "Not a published benchmark: its figures compare with nothing but themselves.")
public record FashionMnistLtMini() implements DatasetSpec {

  private static final String FOLDER = "fashion-mnist-lt-mini/";
  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  // Of the 60,000 training images of the full set.
  private static final double MEAN = 0.2860;
  private static final double STD = 0.3530;

  /**
   * Reads the resources; the context is not used.
   *
   * @param context ignored
   * @return train and test split; fingerprints of both, over pixels and then labels
   * @throws IOException if a resource is damaged
   */
  @Override
  public LabelledData load(DataContext context) throws IOException {
    ImageExamples train = split("train");
    ImageExamples test = split("t10k");
    SortedMap<String, String> fingerprints = new TreeMap<>();
    fingerprints.put("train", fingerprint(train));
    fingerprints.put("test", fingerprint(test));
    return new LabelledData(
        train, test, CLASSES, ClassCounts.ofLabels(train.labels(), CLASSES.size()), fingerprints);
  }

  private static ImageExamples split(String name) throws IOException {
    IdxReader.Idx images = resource(name + "-images-idx3-ubyte.gz", 3);
    String labelFile = name + "-labels-idx1-ubyte.gz";
    byte[] classIds = resource(labelFile, 1).values();
    if (classIds.length != images.lengths()[0]) {
      throw new IOException(
          labelFile + ": " + classIds.length + " labels for " + images.lengths()[0] + " images");
    }
    int[] labels = new int[classIds.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Byte.toUnsignedInt(classIds[i]);
      if (labels[i] >= CLASSES.size()) {
        throw new IOException(
            labelFile + ": image " + i + " has label " + labels[i] + "; expected 0..9");
      }
    }
    ImageFormat format =
        new ImageFormat(images.lengths()[1], images.lengths()[2], 1, List.of(MEAN), List.of(STD));
    return new ImageExamples(images.values(), labels, format);
  }

  private static IdxReader.Idx resource(String file, int axes) throws IOException {
    try (InputStream in = FashionMnistLtMini.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new FileNotFoundException(FOLDER + file + ": not among the resources");
      }
      return IdxReader.read(FOLDER + file, in, axes);
    }
  }

  private static String fingerprint(ImageExamples split) {
    int[] labels = split.labels();
    ByteBuffer labelBytes = ByteBuffer.allocate(Integer.BYTES * labels.length);
    labelBytes.asIntBuffer().put(labels);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(split.pixels());
      digest.update(labelBytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
