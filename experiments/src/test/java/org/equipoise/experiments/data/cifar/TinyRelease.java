package org.equipoise.experiments.data.cifar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.experiments.data.download.PublishedArchive;
import org.equipoise.experiments.data.download.Tarball;
import org.equipoise.experiments.files.Sha256;

/**
 * A release in the binary form, small enough to be made by a test: 3 classes, 2 training files of 6
 * images, a test file of 3; label(i) = i mod 3.
 */
final class TinyRelease {

  static final int CLASSES = 3;
  static final String FOLDER = "tiny-bin";

  private final List<Integer> labelClasses;
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** Makes a release whose records have these label bytes, the last for the class. */
  TinyRelease(Integer... labelClasses) {
    this.labelClasses = List.of(labelClasses);
    files.put("train_1.bin", images(0, 6));
    files.put("train_2.bin", images(6, 12));
    files.put("test.bin", images(12, 15));
    files.put("names.txt", "cat\ndog\n  emu \n\n".getBytes(UTF_8));
  }

  private byte[] images(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int image = from; image < to; image++) {
      for (int b = 0; b < labelClasses.size(); b++) {
        out.write(b + 1 == labelClasses.size() ? image % CLASSES : 1);
      }
      for (int channel = 0; channel < CifarRelease.CHANNELS; channel++) {
        for (int row = 0; row < CifarRelease.SIDE; row++) {
          for (int column = 0; column < CifarRelease.SIDE; column++) {
            out.write(pixel(image, channel, row, column));
          }
        }
      }
    }
    return out.toByteArray();
  }

  /** Returns the pixel value, different for each neighbour in every direction. */
  static int pixel(int image, int channel, int row, int column) {
    return (11 * image + 101 * channel + 7 * row + 3 * column) & 0xFF;
  }

  /** Returns the release as its publisher describes it. */
  CifarRelease release(PublishedArchive archive) {
    return new CifarRelease(
        "TINY-3",
        archive,
        List.of(published("train_1.bin", 6), published("train_2.bin", 6)),
        published("test.bin", 3),
        "names.txt",
        labelClasses);
  }

  /** Returns the release, published where nobody can be reached. */
  CifarRelease release() {
    return release(
        new PublishedArchive(
            URI.create("http://localhost:1/tiny.tar.gz"), 1, "0".repeat(64), FOLDER, 1 << 20));
  }

  private PublishedFile published(String name, int images) {
    return new PublishedFile(name, images, sha256(name));
  }

  /** Returns the checksum of a file. */
  String sha256(String name) {
    return HexFormat.of().formatHex(Sha256.digest().digest(files.get(name)));
  }

  /** Returns the bytes of a record. */
  int recordBytes() {
    return labelClasses.size() + CifarRelease.PIXEL_BYTES;
  }

  /** Lays the files out. */
  Path writeInto(Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(FOLDER));
    for (String name : files.keySet()) {
      Files.write(folder.resolve(name), files.get(name));
    }
    return folder;
  }

  /** Packs the files. */
  byte[] packed() {
    Tarball tarball = new Tarball().folder(FOLDER);
    files.forEach((name, content) -> tarball.file(FOLDER + "/" + name, content));
    return tarball.toBytes();
  }

  /** Returns the pixels that the images have when they are read: (N, 32, 32, 3). */
  static byte[] pixels(int... images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int image : images) {
      for (int row = 0; row < CifarRelease.SIDE; row++) {
        for (int column = 0; column < CifarRelease.SIDE; column++) {
          for (int channel = 0; channel < CifarRelease.CHANNELS; channel++) {
            out.write(pixel(image, channel, row, column));
          }
        }
      }
    }
    return out.toByteArray();
  }
}
