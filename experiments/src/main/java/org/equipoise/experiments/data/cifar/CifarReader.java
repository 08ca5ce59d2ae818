package org.equipoise.experiments.data.cifar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.download.PublishedFolder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.files.Sha256;

/** Reads a release, checks it, and keeps its long-tailed part. */
final class CifarReader {

  private final CifarRelease release;

  CifarReader(CifarRelease release) {
    this.release = release;
  }

  /**
   * Reads the data set, after downloading it if need be.
   *
   * <p>Fingerprints: SHA-256 of each file by its name, with {@code unverified/} before it if it is
   * not the published one; {@code train-labels}, of the labels of the full train set, a byte each;
   * {@code train-indices}, of the indices that were chosen from it, as little-endian int32.
   *
   * @param context where the files are, and whether others than the published ones will do
   * @param longTail which training images to keep
   * @return the chosen training images and all test images
   * @throws IOException if a file is missing, damaged or not the published one
   */
  LabelledData read(DataContext context, LongTail longTail) throws IOException {
    Path folder = PublishedFolder.find(release.archive(), context.directory());
    List<CifarFile> trainFiles = new ArrayList<>();
    for (PublishedFile file : release.train()) {
      trainFiles.add(CifarFile.scan(folder, file, release));
    }
    CifarFile testFile = CifarFile.scan(folder, release.test(), release);
    List<CifarFile> all = new ArrayList<>(trainFiles);
    all.add(testFile);
    if (!context.acceptUnverified()) {
      requirePublished(folder, all);
    }

    CifarSplit train = new CifarSplit(trainFiles);
    int[] chosen = choose(folder, longTail, train);
    SortedMap<String, String> fingerprints = new TreeMap<>();
    for (CifarFile file : all) {
      String name = file.published().name();
      fingerprints.put(file.isPublished() ? name : LabelledData.UNVERIFIED + name, file.sha256());
    }
    fingerprints.put("train-labels", sha256(train.labels()));
    fingerprints.put("train-indices", LongTail.sha256(chosen));
    ImageExamples kept = train.select(chosen);
    return new LabelledData(
        kept,
        new CifarSplit(List.of(testFile)).all(),
        classNames(folder),
        ClassCounts.ofLabels(kept.labels(), release.classes()),
        fingerprints);
  }

  private void requirePublished(Path folder, List<CifarFile> files) throws IOException {
    List<CifarFile> others = files.stream().filter(file -> !file.isPublished()).toList();
    if (others.isEmpty()) {
      return;
    }
    CifarFile first = others.get(0);
    throw new IOException(
        String.format(
            "%s: not the published %s: %s; SHA-256 of %s is %s, expected %s. Delete the folder, and"
                + " it is downloaded again; or set data.acceptUnverified: true to use it as it is,"
                + " which every record will say.",
            folder,
            release.name(),
            others.stream().map(file -> file.published().name()).collect(Collectors.joining(", ")),
            first.published().name(),
            first.sha256(),
            first.published().sha256()));
  }

  // Published files always have enough images of a class; others may not.
  private int[] choose(Path folder, LongTail longTail, CifarSplit train) throws IOException {
    try {
      return longTail.select(train.labels(), release.classes());
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  private List<String> classNames(Path folder) throws IOException {
    Path file = folder.resolve(release.classNames());
    try {
      List<String> names =
          Files.readAllLines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
      if (names.size() != release.classes()) {
        throw new IOException(
            file + ": has " + names.size() + " class names; expected " + release.classes());
      }
      return names;
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": missing; expected " + release.classes() + " class names, one a line", e);
    }
  }

  private static String sha256(int[] labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
