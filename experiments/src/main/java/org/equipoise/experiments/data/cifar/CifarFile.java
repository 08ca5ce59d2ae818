package org.equipoise.experiments.data.cifar;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.equipoise.experiments.files.Sha256;

/**
 * A binary file whose form was checked: its labels and checksum are known, its images still on
 * disk, so that only those that are wanted take memory.
 */
final class CifarFile {

  private final Path path;
  private final PublishedFile published;
  private final CifarRelease release;
  private final int[] labels;
  private final String sha256;

  private CifarFile(
      Path path, PublishedFile published, CifarRelease release, int[] labels, String sha256) {
    this.path = path;
    this.published = published;
    this.release = release;
    this.labels = labels;
    this.sha256 = sha256;
  }

  /**
   * Reads a file through once.
   *
   * @param folder the release's folder
   * @param published which file
   * @param release the release
   * @return the labels and the checksum, which the caller compares
   * @throws IOException if the file is missing, has another size, or a label out of range
   */
  static CifarFile scan(Path folder, PublishedFile published, CifarRelease release)
      throws IOException {
    Path path = folder.resolve(published.name());
    requireSize(path, published, release);
    MessageDigest digest = Sha256.digest();
    int[] labels = new int[published.images()];
    byte[] image = new byte[release.recordBytes()];
    try (InputStream in =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(path), 1 << 16), digest)) {
      for (int i = 0; i < labels.length; i++) {
        if (in.readNBytes(image, 0, image.length) < image.length) {
          throw new EOFException(path + ": became shorter while it was read");
        }
        labels[i] = label(path, release, i, image);
      }
    }
    return new CifarFile(
        path, published, release, labels, HexFormat.of().formatHex(digest.digest()));
  }

  private static void requireSize(Path path, PublishedFile published, CifarRelease release)
      throws IOException {
    long expected = (long) published.images() * release.recordBytes();
    long found;
    try {
      found = Files.size(path);
    } catch (NoSuchFileException e) {
      throw new IOException(
          path
              + ": missing; expected a file of "
              + expected
              + " bytes. Delete the folder, and "
              + release.name()
              + " is downloaded again.",
          e);
    }
    if (found != expected) {
      throw new IOException(
          String.format(
              "%s: has %d bytes; expected %d (%d images of %d bytes), so it is %s %s file. Delete"
                  + " the folder, and %s is downloaded again.",
              path,
              found,
              expected,
              published.images(),
              release.recordBytes(),
              found < expected ? "cut short or not a" : "not a",
              release.name(),
              release.name()));
    }
  }

  private static int label(Path path, CifarRelease release, int image, byte[] content)
      throws IOException {
    int label = 0;
    for (int b = 0; b < release.labelClasses().size(); b++) {
      label = Byte.toUnsignedInt(content[b]);
      if (label >= release.labelClasses().get(b)) {
        throw new IOException(
            String.format(
                "%s: label %d at byte %d (image %d); expected 0..%d, so it is not a %s file",
                path,
                label,
                (long) image * content.length + b,
                image,
                release.labelClasses().get(b) - 1,
                release.name()));
      }
    }
    return label;
  }

  /** Returns which file this should be. */
  PublishedFile published() {
    return published;
  }

  /** Returns whether this is the published file, byte for byte. */
  boolean isPublished() {
    return published.sha256().equals(sha256);
  }

  /** Returns the class of each image. */
  int[] labels() {
    return labels.clone();
  }

  /** Returns the number of images. */
  int size() {
    return labels.length;
  }

  /** Returns the file's SHA-256, 64 hex digits. */
  String sha256() {
    return sha256;
  }

  /** Opens the file for {@link #copyImage}. */
  FileChannel open() throws IOException {
    return FileChannel.open(path);
  }

  /**
   * Reads an image, and turns its three planes into pixels of three values.
   *
   * @param channel from {@link #open}
   * @param image which image of this file
   * @param pixels where to: (rows, columns, channels) from the given place on
   * @param start the place
   * @throws IOException if the file has changed since it was scanned, or cannot be read
   */
  void copyImage(FileChannel channel, int image, byte[] pixels, int start) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(release.recordBytes());
    long position = (long) image * release.recordBytes();
    while (content.hasRemaining()) {
      int n = channel.read(content, position + content.position());
      if (n < 0) {
        throw new EOFException(path + ": became shorter while it was read");
      }
    }
    int plane = CifarRelease.SIDE * CifarRelease.SIDE;
    int first = release.labelClasses().size();
    for (int c = 0; c < CifarRelease.CHANNELS; c++) {
      for (int p = 0; p < plane; p++) {
        pixels[start + p * CifarRelease.CHANNELS + c] = content.get(first + c * plane + p);
      }
    }
  }
}
