package org.equipoise.experiments.data.cifar;

import java.net.URI;
import java.util.List;
import org.equipoise.experiments.data.download.PublishedArchive;

/**
 * An official release in binary form.
 *
 * <p>A file is a row of records without any header: the label bytes, then 1,024 red, 1,024 green
 * and 1,024 blue bytes, each plane row-major.
 *
 * @param name what messages call it
 * @param archive where it is published
 * @param train the files of the training images, in the published order
 * @param test the file of the test images
 * @param classNames the file of the class names, one a line
 * @param labelClasses for each label byte of a record, how many values it has; the last is the
 *     class
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky 2009, the CIFAR-10 and
 *     CIFAR-100 data sets</a>
 */
record CifarRelease(
    String name,
    PublishedArchive archive,
    List<PublishedFile> train,
    PublishedFile test,
    String classNames,
    List<Integer> labelClasses) {

  /** Pixel rows and columns of an image. */
  static final int SIDE = 32;

  /** Red, green, blue. */
  static final int CHANNELS = 3;

  /** Bytes of an image's pixels. */
  static final int PIXEL_BYTES = SIDE * SIDE * CHANNELS;

  private static final String PUBLISHER = "https://www.cs.toronto.edu/~kriz/";
  private static final long UNPACKED_BYTES = 200_000_000;

  /** CIFAR-10: 10 classes, 5,000 training and 1,000 test images each. */
  static final CifarRelease CIFAR_10 =
      new CifarRelease(
          "CIFAR-10",
          new PublishedArchive(
              URI.create(PUBLISHER + "cifar-10-binary.tar.gz"),
              170_052_171,
              "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
              "cifar-10-batches-bin",
              UNPACKED_BYTES),
          List.of(
              new PublishedFile(
                  "data_batch_1.bin",
                  10_000,
                  "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
              new PublishedFile(
                  "data_batch_2.bin",
                  10_000,
                  "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
              new PublishedFile(
                  "data_batch_3.bin",
                  10_000,
                  "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
              new PublishedFile(
                  "data_batch_4.bin",
                  10_000,
                  "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
              new PublishedFile(
                  "data_batch_5.bin",
                  10_000,
                  "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add")),
          new PublishedFile(
              "test_batch.bin",
              10_000,
              "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
          "batches.meta.txt",
          List.of(10));

  /** CIFAR-100: 100 classes, 500 training and 100 test images each, in 20 coarse classes. */
  static final CifarRelease CIFAR_100 =
      new CifarRelease(
          "CIFAR-100",
          new PublishedArchive(
              URI.create(PUBLISHER + "cifar-100-binary.tar.gz"),
              168_513_733,
              "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
              "cifar-100-binary",
              UNPACKED_BYTES),
          List.of(
              new PublishedFile(
                  "train.bin",
                  50_000,
                  "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29")),
          new PublishedFile(
              "test.bin",
              10_000,
              "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a"),
          "fine_label_names.txt",
          List.of(20, 100));

  /** Copies the lists. */
  CifarRelease {
    train = List.copyOf(train);
    labelClasses = List.copyOf(labelClasses);
  }

  /** Returns the number of classes K. */
  int classes() {
    return labelClasses.get(labelClasses.size() - 1);
  }

  /** Returns the bytes of a record. */
  int recordBytes() {
    return labelClasses.size() + PIXEL_BYTES;
  }
}
