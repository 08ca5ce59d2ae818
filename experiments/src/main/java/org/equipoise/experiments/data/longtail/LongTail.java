package org.equipoise.experiments.data.longtail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.experiments.files.Sha256;

/**
 * Which images of a balanced data set make the long-tailed one, by Cao's rule.
 *
 * <p>With the original class order and subset seed 0 these are the very images of the published
 * benchmarks.
 *
 * @param imbalanceFactor n_max / n_min, &gt;= 1; 1 keeps the balanced set (in another order)
 * @param profile how the counts fall
 * @param classOrder which classes are large
 * @param subsetSeed 0..2^32-1; which images of a class are kept
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, section 4</a>
 */
public record LongTail(
    double imbalanceFactor, Profile profile, ClassOrder classOrder, long subsetSeed) {

  /** Imbalance factor 100, exponential, original class order, subset seed 0. */
  public LongTail() {
    this(100, new Profile.Exponential(), new ClassOrder.Original(), 0);
  }

  /** Checks the ranges. */
  public LongTail {
    if (!(imbalanceFactor >= 1 && imbalanceFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "imbalanceFactor: expected a number >= 1, is " + imbalanceFactor);
    }
    Mt19937.requireSeed("subsetSeed", subsetSeed);
  }

  /**
   * Returns how many images of each class are kept.
   *
   * @param classes the number of classes K, &gt;= 2
   * @param maxCount images of the largest class
   * @return n_c by class id
   * @throws IllegalArgumentException if a class would be left without an image
   */
  public int[] counts(int classes, int maxCount) {
    requireNoEmptyClass(classes, maxCount);
    int[] falling = profile.counts(classes, maxCount, imbalanceFactor);
    int[] order = classOrder.largestFirst(classes);
    int[] counts = new int[classes];
    for (int rank = 0; rank < classes; rank++) {
      counts[order[rank]] = falling[rank];
    }
    return counts;
  }

  /**
   * Refuses a tail that ends in an empty class.
   *
   * @param classes the number of classes K, &gt;= 2
   * @param maxCount images of the largest class
   * @throws IllegalArgumentException if a class would be left without an image
   */
  public void requireNoEmptyClass(int classes, int maxCount) {
    if (profile.counts(classes, maxCount, imbalanceFactor)[classes - 1] < 1) {
      throw new IllegalArgumentException(
          "imbalanceFactor: expected 1.."
              + maxCount
              + ", so that no class is left without an image, is "
              + imbalanceFactor);
    }
  }

  /**
   * Chooses the images.
   *
   * <p>One generator, seeded once, shuffles the images of class 0, then those of class 1, and so
   * on; of each class the first n_c are kept. The largest class has N/K images, rounded down.
   *
   * @param labels the labels of the balanced set in the published order, each in [0, classes)
   * @param classes the number of classes K, &gt;= 2
   * @return indices into the labels: those of class 0, then those of class 1, and so on
   * @throws IllegalArgumentException if a class has fewer images than it should keep
   */
  public int[] select(int[] labels, int classes) {
    LabelIndex index = LabelIndex.of(labels, classes);
    int[] counts = counts(classes, labels.length / classes);
    int[] chosen = new int[Arrays.stream(counts).sum()];
    Mt19937 random = new Mt19937(subsetSeed);
    int filled = 0;
    for (int c = 0; c < classes; c++) {
      int classId = c;
      int[] images = new int[index.count(c)];
      if (images.length < counts[c]) {
        throw new IllegalArgumentException(
            "long tail: class "
                + c
                + " has "
                + images.length
                + " images; expected >= "
                + counts[c]);
      }
      Arrays.setAll(images, rank -> index.example(classId, rank));
      random.shuffle(images);
      System.arraycopy(images, 0, chosen, filled, counts[c]);
      filled += counts[c];
    }
    return chosen;
  }

  /**
   * Hashes a choice of images, as data manifests record it.
   *
   * @param indices the indices in their order
   * @return SHA-256 (64 hex digits) over the indices as little-endian int32
   */
  public static String sha256(int[] indices) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, indices.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(indices);
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes.array()));
  }
}
