package org.equipoise.experiments.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.ListedImages;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.files.Sha256;

/**
 * The images that methods are trained and compared on, with the hash of each file: it tells whether
 * what was made from them still holds.
 *
 * @param root the folder that names start from
 * @param images those of train, then those held out
 */
record SourceList(Path root, List<Source> images) {

  /** Reads every file once. */
  static SourceList of(DividedImages divided) throws IOException {
    List<String> names = new ArrayList<>(divided.train().names());
    names.addAll(divided.heldOut().names());
    String[] hashes = new String[names.size()];
    int threads = DecodePool.configuredThreads();
    try (DecodePool pool = new DecodePool(threads)) {
      pool.start(
              threads,
              first -> {
                for (int i = first; i < hashes.length; i += threads) {
                  hashes[i] = sha256(divided.root().resolve(names.get(i)));
                }
              })
          .await();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Source> images = new ArrayList<>();
    add(images, divided.train(), FolderScan.TRAIN, hashes);
    add(images, divided.heldOut(), FolderScan.TEST, hashes);
    return new SourceList(divided.root(), images);
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<Source> images, ListedImages listed, String split, String[] hashes) {
    int[] labels = listed.labels();
    for (int i = 0; i < labels.length; i++) {
      images.add(new Source(listed.names().get(i), split, labels[i], hashes[images.size()]));
    }
  }

  SourceList {
    images = List.copyOf(images);
  }

  /** Returns the images of a split. */
  List<Source> of(String split) {
    return images.stream().filter(image -> image.split().equals(split)).toList();
  }

  Path path(Source image) {
    return root.resolve(image.name());
  }

  /** Returns a name for what is made from these images in a certain way. */
  String key(String way) {
    StringBuilder text = new StringBuilder(way);
    images.forEach(image -> text.append('\n').append(image));
    return Sha256.of(text.toString()).substring(0, 16);
  }

  /**
   * An image.
   *
   * @param name its name below the root
   * @param split train, or test if it is held out: the study's word for what it is evaluated on
   * @param label its class id
   * @param sha256 the hash of the file
   */
  record Source(String name, String split, int label, String sha256) {}
}
