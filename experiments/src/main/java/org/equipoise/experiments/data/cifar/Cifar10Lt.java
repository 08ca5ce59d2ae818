package org.equipoise.experiments.data.cifar;

import java.io.IOException;
import org.equipoise.api.Described;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.data.longtail.Profile;

/**
 * CIFAR-10-LT, the long-tailed CIFAR-10 of the papers: 10 classes, colour images of 32x32 pixels.
 *
 * <p>With the defaults these are the very 12,406 training images that Cao et al. drew, and the
 * balanced 10,000 test images. An imbalance factor of 1 gives balanced CIFAR-10. If the folder
 * {@code cifar-10-batches-bin} is not in the folder of data sets, it is downloaded from its
 * publisher.
 *
 * @param imbalanceFactor n_max / n_min, in [1, 5000]
 * @param profile how the number of images falls from class to class
 * @param classOrder which classes are large
 * @param subsetSeed 0..2^32-1; which images of a class are kept
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, section 4</a>
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky 2009, Learning multiple
 *     layers of features from tiny images</a>
 */
@Described(
    summary = "CIFAR-10 made long-tailed by Cao's rule: 10 classes, 32x32 colour images.",
    formula =
        "n_k = trunc(5000 IF^(-k/9)); images of a class by NumPy's legacy shuffle, one stream",
    source = "Cao et al. 2019, section 4; images: Krizhevsky 2009, CIFAR-10",
    differs =
        "Cui et al. 2019 and BALMS have the same counts, but other images, drawn without a seed.")
public record Cifar10Lt(
    double imbalanceFactor, Profile profile, ClassOrder classOrder, long subsetSeed)
    implements DatasetSpec {

  private static final CifarRelease RELEASE = CifarRelease.CIFAR_10;
  private static final int MAX_COUNT = 5000;

  /** The published subset of imbalance factor 100: exponential, original class order, seed 0. */
  public Cifar10Lt() {
    this(100, new Profile.Exponential(), new ClassOrder.Original(), 0);
  }

  /** Checks the ranges. */
  public Cifar10Lt {
    new LongTail(imbalanceFactor, profile, classOrder, subsetSeed)
        .requireNoEmptyClass(RELEASE.classes(), MAX_COUNT);
  }

  /**
   * Reads the data set, after downloading it if its folder is not there.
   *
   * @param context the folder of data sets, and whether files with another checksum than the
   *     published one are accepted
   * @return train and test split; fingerprints of every file, of the labels of the full train set
   *     ({@code train-labels}, a byte each) and of the indices chosen from it ({@code
   *     train-indices}, little-endian int32); a file that is not the published one is listed as
   *     {@code unverified/NAME}
   * @throws IOException if a file is missing, damaged or not the published one
   */
  @Override
  public LabelledData load(DataContext context) throws IOException {
    return new CifarReader(RELEASE)
        .read(context, new LongTail(imbalanceFactor, profile, classOrder, subsetSeed));
  }
}
